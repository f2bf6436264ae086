import pytest

from domain.archive.hours import Part
from domain.archive.months import Total
from domain.archive.quality import Mark, Quality
from domain.archive.told import QUALITIES, Told
from domain.emporia.usage import Scale
from tests.unit.domain.archive.readings import LONG_AFTER, MARCH, chunk

HOUR = 3600
KWH = 3_600_000_000


def qualities(told: Told) -> list[Quality]:
    return [QUALITIES[number] for number in told.qualities]


def part(*, net: int = KWH, known: int = 15, imported: int = 0) -> Part:
    return Part(net=net, positive=net, known=known, asked=15, imported=imported)


def total(*, known: int = HOUR, settled: bool = True, **kinds: bool) -> Total:
    return Total(millijoules=KWH, known_seconds=known, is_settled=settled, **kinds)


def test_nothing_is_known_at_first_and_all_is_worth_a_question() -> None:
    told = Told.nothing(3)
    assert told.usages == [None, None, None]
    assert list(told.stretches()) == [(0, 3, Quality.UNKNOWN)]
    assert list(told.open) == [1, 1, 1]


def test_a_chunk_tells_of_what_it_has_and_leaves_the_rest_open() -> None:
    told = Told.nothing(4)
    told.put_chunk(chunk(Scale.HOUR, [1.0, None, 0.0]), MARCH, now=LONG_AFTER)
    assert told.usages == [1.0, None, 0.0, None]
    assert qualities(told) == [Quality.LIVE, Quality.MISSING, Quality.LIVE, Quality.UNKNOWN]
    assert list(told.open) == [0, 0, 0, 1]
    assert list(told.known_seconds) == [HOUR, 0, HOUR, 0]


@pytest.mark.parametrize("shift", [-2, 0, 1])
def test_a_chunk_that_begins_elsewhere_is_put_where_it_belongs(shift) -> None:
    told = Told.nothing(3)
    told.put_chunk(chunk(Scale.HOUR, [1.0, 2.0, 3.0, 4.0]), MARCH - shift * HOUR, now=LONG_AFTER)
    known = {-2: [3.0, 4.0, None], 0: [1.0, 2.0, 3.0], 1: [None, 1.0, 2.0]}
    assert told.usages == known[shift]


def test_a_null_that_may_be_filled_is_asked_for_again_but_not_at_once() -> None:
    read_at = MARCH + 50 * HOUR
    held = chunk(Scale.HOUR, [None] * 49, read_at=read_at)
    told = Told.nothing(49)
    told.put_chunk(held, MARCH, now=read_at + 899)
    assert not any(told.open)
    told.put_chunk(held, MARCH, now=read_at + 900)
    assert list(told.open) == [0] * 2 + [1] * 47  # what is two days old stays as it is


def test_a_part_of_finer_buckets_is_whole_partly_known_or_of_a_file() -> None:
    told = Told.nothing(4)
    for place, each in enumerate((part(), part(known=7), part(imported=3), part(known=0))):
        told.put_part(place, each, width=60, part_seconds=900)
    assert qualities(told) == [Quality.LIVE, Quality.PARTIAL, Quality.IMPORTED, Quality.UNKNOWN]
    assert list(told.open) == [0, 1, 0, 1]
    assert list(told.known_seconds) == [900, 420, 900, 0]
    assert told.usages == [1.0, 1.0, 1.0, None]


@pytest.mark.parametrize("place", [-1, 2])
def test_parts_beyond_the_range_are_left_out(place) -> None:
    told = Told.nothing(2)
    told.put_part(place, part(), width=60, part_seconds=900)
    assert told.usages == [None, None]


def test_what_is_damaged_is_null_unless_it_is_known_otherwise() -> None:
    told = Told.nothing(4)
    told.put_part(1, part(), width=60, part_seconds=900)
    told.put_damaged(-5, 3)
    assert qualities(told) == [
        Quality.DAMAGED,
        Quality.LIVE,
        Quality.DAMAGED,
        Quality.UNKNOWN,
    ]
    assert told.usages == [None, 1.0, None, None]
    assert list(told.open) == [1, 0, 1, 1]


@pytest.mark.parametrize(
    ("summed", "quality"),
    [
        (total(), Quality.LIVE),
        (total(is_imported=True), Quality.IMPORTED),
        (total(is_averaged=True), Quality.AVERAGED),
        (total(known=HOUR - 900, is_averaged=True), Quality.PARTIAL),
        (total(known=0), Quality.MISSING),
        (total(known=0, settled=False), Quality.UNKNOWN),
    ],
)
def test_a_sum_is_told_by_how_much_of_it_is_known(summed, quality) -> None:
    told = Told.nothing(1)
    told.put_total(0, summed, seconds=HOUR)
    assert qualities(told) == [quality]
    assert bool(told.open[0]) is not summed.is_settled


def test_an_import_is_told_from_emporias_own() -> None:
    told = Told.nothing(1)
    told.put_chunk(chunk(Scale.HOUR, [1.0], told=Mark.IMPORTED), MARCH, now=LONG_AFTER)
    assert qualities(told) == [Quality.IMPORTED]
