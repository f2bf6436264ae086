"""Costs as rows: by hour, day, month or bill, each whole, by circuit or by line.

Hours, days and months are parts of bills: energy lies where it was used, at the average price of
its time of use in the bill; a demand in the slot that set it; what stands fixed is spread evenly.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import compress, pairwise

from domain.archive.spans import HOUR_SECONDS
from domain.billing.bills.cells import Cell, LineName, Owed, priced_from
from domain.billing.bills.shares import Shares
from domain.billing.money import FINE_DECIMALS, Currency, shared_out
from domain.billing.pricing.price import Priced
from domain.billing.tariffs.lines import LineKind


class RowsBy(StrEnum):
    """How wide a row is."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    BILL = "bill"


class Split(StrEnum):
    """What a row is told by."""

    NONE = "none"
    CIRCUIT = "circuit"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPart:
    """A circuit's part of a row, or a line's.

    `key` is the circuit's, None for what is no circuit's, or the line's name; `kind` is the line's,
    None for circuits. `millijoules` were taken, None for lines, and as the amount where nothing is
    known of a circuit. `known_seconds` are those known of it, None for all else.
    """

    key: str | None
    kind: LineKind | None
    amount: Decimal | None
    millijoules: int | None
    known_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What [start, end) costs, in seconds since 1970; parts that are known add up to the amount.

    `amount` is None, and there are no parts, where the tariff has no rates yet. Energy is in
    millijoules. `known_seconds` are those that have rates, too; of `netted_seconds` among them only
    the nets of hours are known.
    """

    start: int
    end: int
    amount: Decimal | None
    imported: int
    exported: int
    known_seconds: int
    netted_seconds: int
    parts: tuple[RowPart, ...]


def rows_of(
    bills: Sequence[Priced],
    *,
    by: RowsBy,
    split: Split,
    shares: Shares,
    currency: Currency,
    within: tuple[int, int] | None = None,
) -> Iterator[Row]:
    """The rows of bills in a row, over one calendar; those to come are left out.

    Those that are wholly outside of `within`, seconds since 1970, are left out too. Bills are told
    to the coin, what is narrower with six decimals, each rounded by itself.
    """
    calendar = bills[0].stretch.calendar
    start, end = within or (calendar.start, calendar.after)
    decimals = currency.decimals if by is RowsBy.BILL else FINE_DECIMALS
    edges = _edges(bills, by)
    owed = [Owed(priced) for priced in bills]
    starts = [priced.stretch.first for priced in bills]
    for first, after in pairwise(edges):
        if calendar.at(after) <= start or calendar.at(first) >= end:
            continue
        around = owed[bisect_right(starts, first) - 1 : bisect_left(starts, after)]
        cells = [
            Cell(
                each,
                max(first, each.priced.stretch.first),
                min(after, each.priced.stretch.after),
            )
            for each in around
        ]
        if first < cells[0].priced.stretch.begun:
            yield _row(cells, first, after, split, shares, decimals)


def _edges(bills: Sequence[Priced], by: RowsBy) -> list[int]:
    """Where rows begin, and where the last one ends, as slots."""
    calendar = bills[0].stretch.calendar
    begin, end = bills[0].stretch.period.first, bills[-1].stretch.period.end
    first, after = calendar.place(begin), calendar.place(end)
    if by is RowsBy.BILL:
        return [*(priced.stretch.first for priced in bills), after]
    if by is RowsBy.HOUR:
        return [*range(first, after, HOUR_SECONDS // calendar.slot_seconds), after]
    return [
        *(
            calendar.place(day)
            for day in calendar.days
            if begin <= day < end and (by is RowsBy.DAY or day.day == 1 or day == begin)
        ),
        after,
    ]


def _row(
    cells: Sequence[Cell], first: int, after: int, split: Split, shares: Shares, decimals: int
) -> Row:
    stretch = cells[0].priced.stretch
    metered, calendar = stretch.metered, stretch.calendar
    amount = sum((cell.amount for cell in cells), Fraction())
    priced = slice(priced_from(cells), after)
    is_priced = priced.start < after
    known = metered.known_seconds[priced]
    return Row(
        start=calendar.at(first),
        end=calendar.at(after),
        amount=shared_out([amount], decimals)[0] if is_priced else None,
        imported=sum(metered.imported[first:after]),
        exported=sum(metered.exported[first:after]),
        known_seconds=sum(known),
        netted_seconds=sum(compress(known, metered.netted[priced])),
        parts=tuple(_parts(cells, first, after, amount, split, shares, decimals))
        if is_priced
        else (),
    )


def _parts(
    cells: Sequence[Cell],
    first: int,
    after: int,
    amount: Fraction,
    split: Split,
    shares: Shares,
    decimals: int,
) -> list[RowPart]:
    if split is Split.CIRCUIT:
        return _circuits(cells, first, after, amount, shares, decimals)
    return _lines(cells, decimals) if split is Split.LINE else []


def _lines(cells: Sequence[Cell], decimals: int) -> list[RowPart]:
    lines: dict[LineName, list[Fraction | None]] = {}
    for cell in cells:
        for name, dues in cell.owed.lines.items():
            amount = None if dues is None else cell.amount_of(dues)
            lines.setdefault(name, []).append(amount)
    exact = [
        sum((each for each in found if each is not None), Fraction()) for found in lines.values()
    ]
    return [
        RowPart(
            key=name,
            kind=kind,
            amount=None if all(each is None for each in found) else amount,
            millijoules=None,
        )
        for ((kind, name), found), amount in zip(
            lines.items(), shared_out(exact, decimals), strict=True
        )
    ]


def _circuits(
    cells: Sequence[Cell],
    first: int,
    after: int,
    amount: Fraction,
    shares: Shares,
    decimals: int,
) -> list[RowPart]:
    metered = cells[0].priced.stretch.metered
    exact = [Fraction() for _ in shares.circuits]
    for cell in cells:
        for basis, due in cell.of(cell.owed.dues):
            for place in range(len(exact)):
                exact[place] += due * shares.share(place, basis, cell)
    taken = [shares.taken(place, first, after) for place in range(len(exact))]
    keys: list[str | None] = [*(circuit.key for circuit in shares.circuits), None]
    amounts = shared_out([*exact, amount - sum(exact, Fraction())], decimals)
    millijoules = [*taken, sum(metered.imported[first:after]) - sum(taken)]
    known = [*(shares.known_seconds(place, first, after) for place in range(len(exact))), None]
    return [
        RowPart(
            key=key,
            kind=None,
            amount=None if seconds == 0 else part,
            millijoules=None if seconds == 0 else used,
            known_seconds=seconds,
        )
        for key, part, used, seconds in zip(keys, amounts, millijoules, known, strict=True)
    ]
