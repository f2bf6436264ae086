"""What travels over HTTP about statements; money is a JSON string, and null where nobody knows."""

from datetime import timedelta
from decimal import Decimal

from msgspec import Struct

from application.billing.read_statement import ToldStatement
from domain.archive.energy import Energy
from domain.archive.series import SeriesName
from domain.billing.bills.statement import StatementCircuit, StatementLine
from domain.instants import format_seconds
from entrypoints.http.schemas.contract import Instant
from entrypoints.http.schemas.costs import PricedBy

ONE_DAY = timedelta(days=1)


class StatementPeriod(Struct, rename="camel"):
    """The local days `first` to `last`, both in it, which are [start, end) in UTC.

    `isOver` is false where some of it is to come: all is of the time so far then.
    """

    first: str
    last: str
    start: Instant
    end: Instant
    zone: str
    is_over: bool


class StatementLineAnswer(Struct):
    """What the circuits owe of a line together; `unknown` says why there is no amount."""

    name: str
    kind: str
    amount: Decimal | None
    coverage: float
    unknown: str | None

    @classmethod
    def of(cls, line: StatementLine) -> "StatementLineAnswer":
        """A line."""
        return cls(
            name=line.name,
            kind=line.kind,
            amount=line.amount,
            coverage=float(line.coverage),
            unknown=line.unknown,
        )


class StatementShare(Struct):
    """A circuit's share of a line."""

    name: str
    kind: str
    amount: Decimal | None


class StatementCircuitAnswer(Struct, rename="camel"):
    """What a circuit took from the grid and owes, which is the sum of its shares.

    `name` is what its owner calls it; `coverage` the share of the time so far that is known of it.
    """

    device_gid: int
    channel: str
    name: str | None
    kwh: float
    amount: Decimal | None
    coverage: float
    lines: list[StatementShare]

    @classmethod
    def of(
        cls, circuit: StatementCircuit, name: str | None, lines: tuple[StatementLine, ...]
    ) -> "StatementCircuitAnswer":
        """A circuit with its share of each line."""
        series = SeriesName.parse(circuit.key)
        return cls(
            device_gid=series.gid,
            channel=series.channel,
            name=name,
            kwh=Energy(circuit.millijoules).kilowatt_hours,
            amount=circuit.amount,
            coverage=circuit.coverage,
            lines=[
                StatementShare(name=line.name, kind=line.kind, amount=share)
                for line, share in zip(lines, circuit.shares, strict=True)
            ],
        )


class StatementHome(Struct, rename="camel"):
    """All of the home in the same time, circuits that were not asked for among it."""

    device_gid: int
    name: str | None
    kwh: float
    amount: Decimal | None


class StatementAnswer(Struct, rename="camel"):
    """A statement in the tariff's currency; `tariff` is null by Emporia's own price.

    `total` is the sum of the circuits, and of the lines. `coverage` is the share of the time so far
    that is known of the home and has rates, `netted` the share of that of which only the nets of
    hours are known.
    """

    period: StatementPeriod
    currency: str
    tariff: str | None
    priced_by: PricedBy
    total: Decimal | None
    kwh: float
    coverage: float
    netted: float
    lines: list[StatementLineAnswer]
    circuits: list[StatementCircuitAnswer]
    home: StatementHome

    @classmethod
    def of(cls, told: ToldStatement) -> "StatementAnswer":
        """All of it."""
        statement = told.statement
        return cls(
            period=StatementPeriod(
                first=statement.first.isoformat(),
                last=(statement.end - ONE_DAY).isoformat(),
                start=format_seconds(statement.start),
                end=format_seconds(statement.after),
                zone=told.zone,
                is_over=told.is_over,
            ),
            currency=statement.currency.code,
            tariff=None if told.tariff.id is None else str(told.tariff.id),
            priced_by=PricedBy.of(told.tariff),
            total=statement.total,
            kwh=Energy(statement.millijoules).kilowatt_hours,
            coverage=statement.coverage,
            netted=statement.netted,
            lines=[StatementLineAnswer.of(line) for line in statement.lines],
            circuits=[
                StatementCircuitAnswer.of(circuit, name, statement.lines)
                for circuit, name in zip(statement.circuits, told.names, strict=True)
            ],
            home=StatementHome(
                device_gid=told.home.roots[0],
                name=told.home.name,
                kwh=Energy(statement.home_millijoules).kilowatt_hours,
                amount=statement.home_amount,
            ),
        )
