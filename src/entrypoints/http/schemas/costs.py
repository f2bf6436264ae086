"""What travels over HTTP about costs; money is a JSON string, and null where nobody knows."""

from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from domain.archive.energy import Energy
from domain.archive.series import SeriesName
from domain.billing.bills.bill import Bill, Line, Peak
from domain.billing.bills.costs import Costs
from domain.billing.bills.forecast import Forecast
from domain.billing.bills.rows import Row, RowPart, RowsBy, Split
from domain.billing.tariffs.for_home import HomeTariff, TariffSource
from domain.instants import format_seconds
from entrypoints.http.schemas.contract import Instant


class CostLine(Struct, rename="camel"):
    """A line; where rows are bills, with what it counts, at which price, and how much is held.

    `unknown` says why there is no amount.
    """

    name: str
    kind: str
    amount: Decimal | None
    quantity: Decimal | UnsetType | None = UNSET
    unit: str | UnsetType = UNSET
    price: Decimal | UnsetType | None = UNSET
    coverage: float | UnsetType = UNSET
    unknown: str | UnsetType | None = UNSET

    @classmethod
    def of_part(cls, part: RowPart) -> "CostLine":
        """A line of a row that is no bill."""
        return cls(name=part.key or "", kind=str(part.kind), amount=part.amount)

    @classmethod
    def of_bill(cls, line: Line) -> "CostLine":
        """A line of a bill."""
        return cls(
            name=line.name,
            kind=line.kind,
            amount=line.amount,
            quantity=line.quantity,
            unit=line.unit,
            price=line.price,
            coverage=float(line.coverage),
            unknown=line.unknown,
        )


class CostCircuit(Struct, rename="camel"):
    """A circuit's share; gid and channel are null for what no circuit used.

    `coverage` is the share of the row's time so far in which the circuit is known; amount and kWh
    are null where it is 0. What no circuit used has the row's own.
    """

    device_gid: int | None
    channel: str | None
    amount: Decimal | None
    kwh: float | None
    coverage: float

    @classmethod
    def of(cls, part: RowPart, *, known_seconds: int, so_far_seconds: int) -> "CostCircuit":
        """A circuit's part of a row of which so much is known."""
        name = None if part.key is None else _name(part.key)
        known = known_seconds if part.known_seconds is None else part.known_seconds
        return cls(
            device_gid=None if name is None else name.gid,
            channel=None if name is None else name.channel,
            amount=part.amount,
            kwh=None if part.millijoules is None else _kwh(part.millijoules),
            coverage=known / so_far_seconds,
        )


class DemandPeak(Struct):
    """The highest mean of a quarter hour, which begins at `at`."""

    kilowatts: float
    at: Instant

    @classmethod
    def of(cls, peak: Peak | None) -> "DemandPeak | None":
        """None where none is known."""
        return None if peak is None else cls(float(peak.kilowatts), format_seconds(peak.at))


class CostRow(Struct, rename="camel"):
    """What a time costs; `kwh` were taken from the grid, `exportedKwh` given to it.

    `peak` and `carriedKwh` are told of bills: the highest demand that is paid for, and what net
    metering leaves to the next one.
    """

    start: Instant
    end: Instant
    amount: Decimal | None
    kwh: float
    exported_kwh: float
    coverage: float
    lines: list[CostLine] | UnsetType = UNSET
    circuits: list[CostCircuit] | UnsetType = UNSET
    peak: DemandPeak | UnsetType | None = UNSET
    carried_kwh: float | UnsetType = UNSET

    @classmethod
    def of(cls, row: Row, split: Split, bill: Bill | None, *, now: int) -> "CostRow":
        """A row, which may be a bill."""
        so_far_seconds = max(1, min(row.end, now) - row.start)
        told = cls(
            start=format_seconds(row.start),
            end=format_seconds(row.end),
            amount=row.amount,
            kwh=_kwh(row.imported),
            exported_kwh=_kwh(row.exported),
            coverage=row.known_seconds / so_far_seconds,
        )
        if split is Split.CIRCUIT:
            told.circuits = [
                CostCircuit.of(part, known_seconds=row.known_seconds, so_far_seconds=so_far_seconds)
                for part in row.parts
            ]
        if split is Split.LINE:
            told.lines = (
                [CostLine.of_part(part) for part in row.parts]
                if bill is None
                else [CostLine.of_bill(line) for line in bill.lines]
            )
        if bill is not None:
            told.peak = DemandPeak.of(bill.peak)
            told.carried_kwh = float(bill.carried)
        return told


class CostForecast(Struct):
    """What the current bill may come to, and how that was worked out.

    `peak` is the highest quarter hour so far, whether or not it is paid for.
    """

    total: Decimal
    method: str
    peak: DemandPeak | None

    @classmethod
    def of(cls, forecast: Forecast, decimals: int) -> "CostForecast":
        """In the currency's own coin."""
        return cls(
            total=forecast.total(decimals),
            method=forecast.method,
            peak=DemandPeak.of(forecast.peak),
        )


class PricedBy(Struct):
    """Whose the tariff is: one of the user's `own`, or the price that `emporia` was told."""

    source: Annotated[str, Meta(extra_json_schema={"enum": list(TariffSource)})]
    name: str

    @classmethod
    def of(cls, found: HomeTariff) -> "PricedBy":
        """Of the tariff of a home."""
        return cls(source=found.source, name=found.tariff.name)


class CostsAnswer(Struct, rename="camel"):
    """Costs in the tariff's currency; `total` is the sum of the rows.

    `tariff` is the id of the user's own; null where they are priced by what Emporia was told.
    `coverage` is the share of their time so far that is known and has rates, `netted` the share of
    that of which only the nets of hours are known: there the net stands for what was taken and
    given. `forecast` is of the current bill, where rows are bills.
    """

    currency: str
    tariff: str | None
    priced_by: PricedBy
    total: Decimal
    coverage: float
    netted: float
    rows: list[CostRow]
    forecast: CostForecast | None

    @classmethod
    def of(
        cls, found: HomeTariff, costs: Costs, *, by: RowsBy, split: Split, now: int
    ) -> "CostsAnswer":
        """All of it."""
        bills = costs.bills if by is RowsBy.BILL else (None,) * len(costs.rows)
        return cls(
            currency=costs.currency.code,
            tariff=None if found.id is None else str(found.id),
            priced_by=PricedBy.of(found),
            total=costs.total,
            coverage=costs.coverage,
            netted=costs.netted,
            rows=[
                CostRow.of(row, split, bill, now=now)
                for row, bill in zip(costs.rows, bills, strict=False)
            ],
            forecast=(
                None
                if costs.forecast is None
                else CostForecast.of(costs.forecast, costs.currency.decimals)
            ),
        )


@lru_cache(maxsize=4096)
def _name(key: str) -> SeriesName:
    """The same circuits are told in each row."""
    return SeriesName.parse(key)


def _kwh(millijoules: int) -> float:
    return Energy(millijoules).kilowatt_hours
