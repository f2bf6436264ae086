"""A statement: what some circuits owe for some days, each with its share of every line.

A car, a workshop or a tenant's flat is charged with it, so its figures add up to the coin: what a
circuit owes is the sum of its lines, and the total is the sum of the circuits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from domain.billing.bills.bill import merged
from domain.billing.bills.cells import Cell, LineName, Owed, priced_from
from domain.billing.bills.costs import Plan, PricedPlan
from domain.billing.bills.shares import Shares
from domain.billing.money import Currency, rounded, shared_out
from domain.billing.pricing.charge import Basis, Key, key_of
from domain.billing.pricing.metered import Metered
from domain.billing.pricing.price import Priced
from domain.billing.tariffs.lines import LineKind
from domain.billing.tariffs.tariff import Tariff
from domain.errors import InvalidInput

MOST_CIRCUIT_LINES = 5_000
"""Each circuit's share of each line is worked out exactly; what is more takes seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """What the circuits owe of one line, together; None where it can't be told, as `unknown` says.

    `coverage` is how much of what the line is for was held.
    """

    name: str
    kind: LineKind
    amount: Decimal | None
    coverage: Fraction
    unknown: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCircuit:
    """What one circuit took from the grid, and owes; `shares` are of the lines, in their order.

    `coverage` is the share of the time so far of which the circuit is known.
    """

    key: str
    millijoules: int
    amount: Decimal | None
    shares: tuple[Decimal | None, ...]
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was asked for of the local days [first, end); `start` and `after` are since 1970.

    Amounts are None, and there are no lines, where the tariff has no rates yet. `home_amount` and
    `home_millijoules` are of all the home. `coverage` is the share of the time so far that is known
    of the home and has rates, `netted` the share of that of which only nets of hours are known.
    """

    currency: Currency
    first: date
    end: date
    start: int
    after: int
    lines: tuple[StatementLine, ...]
    circuits: tuple[StatementCircuit, ...]
    total: Decimal | None
    millijoules: int
    home_amount: Decimal | None
    home_millijoules: int
    coverage: float
    netted: float


def statement_of(
    tariff: Tariff,
    plan: Plan,
    days: tuple[date, date],
    *,
    holidays: frozenset[date],
    home: Metered,
    circuits: Sequence[tuple[str, Metered]],
    wanted: Sequence[str],
    now: int,
) -> Statement:
    """Of all circuits of the home, those wanted, by their keys; the first day has begun.

    All of them have to be known: where they used more than was taken, they share what was. Raises
    InvalidInput where there are too many lines for so many circuits.
    """
    first, end = days
    priced = PricedPlan.of(tariff, plan, holidays=holidays, home=home, now=now)
    place = priced.calendar.place
    return _Telling(
        tariff.currency,
        priced.bills[plan.before :],
        priced.shares(circuits),
        place(first),
        place(end),
    ).told(days, wanted, now=now)


class _Telling:
    """The cells of the days, and what is worked out of them."""

    def __init__(
        self, currency: Currency, bills: Sequence[Priced], shares: Shares, first: int, after: int
    ) -> None:
        self._currency, self._shares = currency, shares
        self._first, self._after = first, after
        self._cells = [
            Cell(Owed(priced), max(first, priced.stretch.first), min(after, priced.stretch.after))
            for priced in bills
            if priced.stretch.first < priced.stretch.begun
        ]
        begun = [cell.priced for cell in self._cells]
        self._begun = min(after, max(priced.stretch.begun for priced in begun))
        self._priced_from = priced_from(self._cells)
        charges = [charge for priced in begun for charge in priced.charges]
        self._lines = {(charge.kind, charge.name): charge for charge in merged(charges)}
        self._bases = {
            name: [
                (cell, basis, due)
                for cell in self._cells
                for basis, due in cell.of(cell.owed.lines.get(name) or {})
            ]
            for name in self._lines
        }
        self._parts: dict[tuple[int, Key, int], Fraction] = {}

    def told(self, days: tuple[date, date], wanted: Sequence[str], *, now: int) -> Statement:
        """All of it; `now` is in seconds since 1970."""
        stretch = self._cells[0].priced.stretch
        metered, calendar = stretch.metered, stretch.calendar
        is_priced = self._priced_from < self._begun
        places = {circuit.key: place for place, circuit in enumerate(self._shares.circuits)}
        chosen = [places[key] for key in wanted]
        _require_few(len(self._lines), len(chosen))
        exact = [[self._owed(place, name) for name in self._lines] for place in chosen]
        owed = shared_out([sum(row, Fraction()) for row in exact], self._currency.decimals)
        cents = [self._shared(row, amount) for row, amount in zip(exact, owed, strict=True)]
        elapsed = max(1, min(calendar.at(self._after), now) - calendar.at(self._first))
        known = metered.known_seconds[self._priced_from : self._begun]
        netted = metered.netted[self._priced_from : self._begun]
        taken = [self._shares.taken(place, self._first, self._after) for place in chosen]
        return Statement(
            currency=self._currency,
            first=days[0],
            end=days[1],
            start=calendar.at(self._first),
            after=calendar.at(self._after),
            lines=tuple(self._told_lines(cents)) if is_priced else (),
            circuits=tuple(
                StatementCircuit(
                    key=key,
                    millijoules=used,
                    amount=amount if is_priced else None,
                    shares=tuple(self._known(row)) if is_priced else (),
                    coverage=self._known_of(place) / elapsed,
                )
                for key, place, used, amount, row in zip(
                    wanted, chosen, taken, owed, cents, strict=True
                )
            ),
            total=sum(owed, Decimal()) if is_priced else None,
            millijoules=sum(taken),
            home_amount=self._of_home() if is_priced else None,
            home_millijoules=sum(metered.imported[self._first : self._after]),
            coverage=sum(known) / elapsed,
            netted=sum(each for each, is_net in zip(known, netted, strict=True) if is_net)
            / max(1, sum(known)),
        )

    def _owed(self, place: int, name: LineName) -> Fraction:
        """The circuit's share of a line, exactly; 0 where it can't be told."""
        return sum(
            (due * self._share(place, basis, cell) for cell, basis, due in self._bases[name]),
            Fraction(),
        )

    def _share(self, place: int, basis: Basis, cell: Cell) -> Fraction:
        """Worked out once, though taxes are of what other lines are of."""
        key = place, key_of(basis), cell.first
        if key not in self._parts:
            self._parts[key] = self._shares.share(place, basis, cell)
        return self._parts[key]

    def _shared(self, exact: Sequence[Fraction], amount: Decimal) -> list[Decimal]:
        """The lines of a circuit, which add up to what it owes.

        That was rounded with the others, and may be a coin off its own nearest: the line that
        loses most by rounding takes that.
        """
        cents = shared_out(exact, self._currency.decimals)
        off = amount - sum(cents, Decimal())
        if off:
            gaps = [Fraction(cent) - part for cent, part in zip(cents, exact, strict=True)]
            place = gaps.index(min(gaps) if off > 0 else max(gaps))
            cents[place] += off
        return cents

    def _known(self, cents: Sequence[Decimal]) -> list[Decimal | None]:
        return [
            None if charge.pieces is None else cent
            for charge, cent in zip(self._lines.values(), cents, strict=True)
        ]

    def _told_lines(self, cents: Sequence[Sequence[Decimal]]) -> list[StatementLine]:
        return [
            StatementLine(
                name=charge.name,
                kind=charge.kind,
                amount=None
                if charge.pieces is None
                else sum((row[place] for row in cents), Decimal()),
                coverage=charge.coverage,
                unknown=charge.unknown,
            )
            for place, charge in enumerate(self._lines.values())
        ]

    def _known_of(self, place: int) -> int:
        seconds = self._shares.circuits[place].metered.known_seconds
        return sum(seconds[self._first : self._begun])

    def _of_home(self) -> Decimal:
        amount = sum((cell.amount for cell in self._cells), Fraction())
        return rounded(amount, self._currency.decimals)


def _require_few(lines: int, circuits: int) -> None:
    if lines * circuits > MOST_CIRCUIT_LINES:
        raise InvalidInput(
            f"series: a bill has {lines} lines; name fewer circuits, "
            f"{MOST_CIRCUIT_LINES // lines} at most."
        )
