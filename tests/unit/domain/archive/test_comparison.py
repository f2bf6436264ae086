from domain.archive.comparison import compare
from domain.archive.hours import SOURCES, Hour
from domain.archive.months import Month
from domain.emporia.usage import Scale

HOUR = 3600


def hour(scale: Scale, net: int, *, known: int = HOUR, settled: bool = True) -> Hour:
    return Hour(
        source=SOURCES[scale],
        quarters=(net, 0, 0, 0),
        positive=0 if scale is Scale.HOUR else net,
        known_seconds=known,
        is_settled=settled,
    )


def month_of(**hours: Hour) -> Month:
    """`first` and `second` are the first two hours of 1970."""
    month = Month.empty(0)
    for place, each in enumerate((hours.get("first"), hours.get("second"))):
        if each is not None:
            month.put(place * HOUR, each)
    return month


def test_hours_that_are_those_of_their_chunks_are_as_they_should_be() -> None:
    minutes = {0: hour(Scale.MINUTE, 60)}
    assert compare(month_of(first=minutes[0]), {Scale.MINUTE: minutes}).mended == {}


def test_an_hour_that_differs_from_its_chunk_is_mended_by_it() -> None:
    right = hour(Scale.MINUTE, 60)
    found = compare(month_of(first=hour(Scale.MINUTE, 61)), {Scale.MINUTE: {0: right}})
    assert found.mended == {0: right}


def test_an_hour_that_is_lacking_is_mended() -> None:
    right = hour(Scale.QUARTER_HOUR, 60)
    assert compare(Month.empty(0), {Scale.QUARTER_HOUR: {0: right}}).mended == {0: right}


def test_that_nobody_need_ask_stays_where_the_chunks_know_less() -> None:
    kept = hour(Scale.MINUTE, 60, settled=True)
    told = hour(Scale.MINUTE, 60, settled=False)
    assert compare(month_of(first=kept), {Scale.MINUTE: {0: told}}).mended == {}


def test_a_sum_whose_chunk_is_gone_is_left_alone_and_counted() -> None:
    found = compare(month_of(first=hour(Scale.MINUTE, 60)), {Scale.MINUTE: {}})
    assert (found.mended, found.outlived) == ({}, 1)


def test_a_sum_whose_chunk_is_gone_makes_way_for_what_knows_more() -> None:
    whole = hour(Scale.HOUR, 70)
    kept = month_of(first=hour(Scale.MINUTE, 60, known=60))
    found = compare(kept, {Scale.HOUR: {0: whole}})
    assert (found.mended, found.outlived) == ({0: whole}, 0)


def test_emporias_own_hour_is_compared_with_the_finer_one_where_both_are_whole() -> None:
    told = {
        Scale.MINUTE: {0: hour(Scale.MINUTE, 1000), HOUR: hour(Scale.MINUTE, 1000)},
        Scale.HOUR: {
            0: hour(Scale.HOUR, 1031),
            HOUR: hour(Scale.HOUR, 1032),
            2 * HOUR: hour(Scale.HOUR, 5),
        },
    }
    kept = Month.empty(0)
    for scale, hours in told.items():
        kept.take(hours, scale)
    found = compare(kept, told)
    assert (found.both, found.unlike, found.mended) == (2, 1, {})
