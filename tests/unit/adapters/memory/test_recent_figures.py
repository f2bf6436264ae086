from adapters.fake.clock import ManualClock
from adapters.memory.recent_figures import KEPT_SECONDS, MOST_BUCKETS, InMemoryRecentFigures
from domain.archive.series import Series, SeriesName
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

MAINS = Series(AccountId(1), SeriesName(1001, "1,2,3"))
OTHERS = Series(AccountId(2), SeriesName(1001, "1,2,3"))


def recent() -> tuple[InMemoryRecentFigures, ManualClock]:
    clock = ManualClock()
    return InMemoryRecentFigures(clock), clock


async def test_what_was_told_is_known_for_a_minute() -> None:
    figures, clock = recent()
    figures.note(MAINS, Scale.MINUTE, {0: 1.0, 60: None})
    await clock.advance(KEPT_SECONDS - 1)
    assert figures.of(MAINS, Scale.MINUTE) == {0: 1.0, 60: None}
    await clock.advance(1)
    assert figures.of(MAINS, Scale.MINUTE) == {}


async def test_what_is_told_later_stands_beside_what_is_still_known() -> None:
    figures, clock = recent()
    figures.note(MAINS, Scale.MINUTE, {0: 1.0, 60: 2.0})
    await clock.advance(40)
    figures.note(MAINS, Scale.MINUTE, {60: 3.0, 120: 4.0})
    assert figures.of(MAINS, Scale.MINUTE) == {0: 1.0, 60: 3.0, 120: 4.0}
    await clock.advance(40)
    assert figures.of(MAINS, Scale.MINUTE) == {60: 3.0, 120: 4.0}
    figures.note(MAINS, Scale.MINUTE, {})
    assert figures.of(MAINS, Scale.MINUTE) == {60: 3.0, 120: 4.0}


def test_series_scales_and_accounts_are_kept_apart() -> None:
    figures, _ = recent()
    figures.note(MAINS, Scale.MINUTE, {0: 1.0})
    assert figures.of(MAINS, Scale.SECOND) == {}
    assert figures.of(OTHERS, Scale.MINUTE) == {}


def test_the_oldest_make_room_where_there_is_much() -> None:
    figures, _ = recent()
    half = dict.fromkeys(range(MOST_BUCKETS // 2), 1.0)
    figures.note(MAINS, Scale.SECOND, half)
    figures.note(OTHERS, Scale.SECOND, half)
    assert len(figures.of(MAINS, Scale.SECOND)) == MOST_BUCKETS // 2
    figures.note(MAINS, Scale.MINUTE, {0: 1.0})
    assert figures.of(MAINS, Scale.SECOND) == {}
    assert len(figures.of(OTHERS, Scale.SECOND)) == MOST_BUCKETS // 2


def test_what_is_told_again_is_no_longer_the_oldest_and_counts_once() -> None:
    figures, _ = recent()
    half = dict.fromkeys(range(MOST_BUCKETS // 2), 1.0)
    figures.note(MAINS, Scale.SECOND, half)
    figures.note(OTHERS, Scale.SECOND, half)
    figures.note(MAINS, Scale.SECOND, half)
    assert len(figures.of(OTHERS, Scale.SECOND)) == MOST_BUCKETS // 2
    figures.note(MAINS, Scale.MINUTE, {0: 1.0})
    assert figures.of(OTHERS, Scale.SECOND) == {}
    assert len(figures.of(MAINS, Scale.SECOND)) == MOST_BUCKETS // 2


def test_one_that_is_larger_than_all_of_them_is_kept_alone() -> None:
    figures, _ = recent()
    figures.note(OTHERS, Scale.SECOND, {0: 1.0})
    figures.note(MAINS, Scale.SECOND, dict.fromkeys(range(MOST_BUCKETS + 1), 1.0))
    assert figures.of(OTHERS, Scale.SECOND) == {}
    assert len(figures.of(MAINS, Scale.SECOND)) == MOST_BUCKETS + 1
