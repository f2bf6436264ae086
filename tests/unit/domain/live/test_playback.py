from collections.abc import Callable

import pytest

from domain.live.minutes import MINUTE, Quality
from domain.live.playback import (
    DELAY,
    FLAT_MINUTES,
    LONGEST_DELAY,
    Playback,
    Shown,
    Span,
    fetch_pause,
)

NOON = 1_772_366_400
"""A full minute."""

Usage = Callable[[int], float | None]


def measured(second: int) -> float | None:
    return float(second % 1000 + 1)


def fetch(playback: Playback, now: float, usage: Usage = measured) -> Span:
    span = playback.wanted(now)
    playback.take_in(span, span.start, [usage(second) for second in range(*span)])
    return span


def play(playback: Playback, start: int, seconds: int, usage: Usage = measured) -> list[Shown]:
    """What is shown in so many seconds, with a fetch at the fourth of every minute."""
    shown = []
    for now in range(start, start + seconds):
        if now % MINUTE == 4:
            fetch(playback, now, usage)
        shown.append(playback.next_second(now))
    return [each for each in shown if each is not None]


def test_the_first_fetch_fills_what_is_young_enough_to_be_shown() -> None:
    assert Playback().wanted(NOON + 0.7) == Span(NOON - DELAY, NOON - 2)


def test_every_second_is_shown_once_in_order_and_as_long_after_it_began() -> None:
    playback = Playback()
    fetch(playback, NOON)

    shown = play(playback, NOON, 600)

    assert [each.second for each in shown] == list(range(NOON - DELAY, NOON - DELAY + 600))
    assert [each.usage for each in shown] == [measured(each.second) for each in shown]
    assert not any(each.follows_gap for each in shown)


def test_nothing_that_is_known_is_asked_for_twice() -> None:
    playback = Playback()
    fetch(playback, NOON)

    assert playback.wanted(NOON + 60) == Span(NOON - 2, NOON + 58)


def test_what_was_null_at_the_newest_end_is_asked_for_again_and_shown() -> None:
    playback = Playback()
    fetch(playback, NOON, lambda second: None if second >= NOON - 5 else measured(second))

    assert fetch(playback, NOON).start == NOON - 5
    assert [each.usage for each in play(playback, NOON, 120)] == [
        measured(NOON - DELAY + place) for place in range(120)
    ]


def test_a_null_before_a_known_second_is_not_asked_for_again() -> None:
    playback = Playback()
    fetch(playback, NOON, lambda second: None if second == NOON - 10 else measured(second))

    assert playback.wanted(NOON + 60).start == NOON - 2


def test_a_second_that_stays_null_is_shown_as_missing() -> None:
    playback = Playback()
    fetch(playback, NOON)
    hole = NOON + 10

    shown = play(playback, NOON, 120, lambda second: None if second == hole else measured(second))

    [missing] = [each for each in shown if each.quality is Quality.MISSING]
    assert (missing.second, missing.usage) == (hole, None)


def test_what_an_answer_lacks_is_missing_and_what_was_not_asked_for_is_left_out() -> None:
    playback = Playback()
    span = playback.wanted(NOON)
    playback.take_in(span, span.start - 1, [9.0, 1.0])

    first, second = playback.next_second(NOON), playback.next_second(NOON + 1)

    assert first is not None
    assert first.usage == 1.0
    assert second is not None
    assert second.quality is Quality.MISSING


def test_nothing_is_shown_before_it_is_asked_for_nor_before_its_time() -> None:
    playback = Playback()
    assert playback.next_second(NOON) is None

    fetch(playback, NOON)

    assert playback.next_second(NOON) is not None
    assert playback.next_second(NOON) is None


def test_a_tick_that_is_left_out_makes_the_next_seconds_later_and_none_is_lost() -> None:
    playback = Playback()
    fetch(playback, NOON)
    first = playback.next_second(NOON)
    later = playback.next_second(NOON + 3)

    assert first is not None
    assert later is not None
    assert later.second == first.second + 1
    assert NOON + 3 - later.second == LONGEST_DELAY


def test_after_a_pause_what_is_too_old_is_left_out_and_that_is_told_once() -> None:
    playback = Playback()
    fetch(playback, NOON)
    play(playback, NOON, 3)
    later = NOON + 600
    assert playback.next_second(later - 1) is None

    fetch(playback, later)
    shown = play(playback, later, 20)

    assert [each.second for each in shown] == list(range(shown[0].second, shown[0].second + 20))
    assert all(later + place - each.second <= LONGEST_DELAY for place, each in enumerate(shown))
    assert [each.follows_gap for each in shown] == [True] + [False] * 19


def test_a_clock_that_is_set_back_begins_anew() -> None:
    playback = Playback()
    fetch(playback, NOON)
    play(playback, NOON, 3)

    assert playback.next_second(NOON - 3600) is None
    assert playback.wanted(NOON - 3600) == Span(NOON - 3600 - DELAY, NOON - 3602)


def test_a_clock_that_is_set_back_a_little_is_waited_for() -> None:
    playback = Playback()
    fetch(playback, NOON)
    shown = play(playback, NOON, 3)

    assert playback.next_second(NOON - 10) is None
    after = playback.next_second(NOON + 3)
    assert after is not None
    assert after.second == shown[-1].second + 1


def test_all_that_is_known_already_asks_for_the_next_second_alone() -> None:
    playback = Playback()
    fetch(playback, NOON)

    assert playback.wanted(NOON) == Span(NOON - 2, NOON - 1)


def test_an_averaged_rest_of_a_minute_is_told_from_its_first_second_on() -> None:
    playback = Playback()
    fetch(playback, NOON)

    def half_flat(second: int) -> float | None:
        return 0.5 if second % MINUTE >= 35 else measured(second)

    shown = play(playback, NOON, 600, half_flat)
    known = [each for each in shown if each.second >= NOON]

    assert len(known) > 500
    for each in known:
        is_flat = each.second % MINUTE >= 35
        assert each.quality is (Quality.AVERAGED if is_flat else Quality.LIVE)


@pytest.mark.parametrize("usage", [0.5, 2.0])
def test_the_tenth_flat_minute_in_a_row_is_told_once_at_its_end(usage: float) -> None:
    playback = Playback()
    fetch(playback, NOON, lambda _: usage)

    shown = play(playback, NOON, 20 * MINUTE, lambda _: usage)

    ends = [each.second for each in shown if each.ends_flat]
    # The minute before noon's is known from the middle alone.
    assert ends == [NOON - MINUTE + FLAT_MINUTES * MINUTE - 1]


def test_seconds_that_are_all_nothing_are_not_flat() -> None:
    playback = Playback()
    fetch(playback, NOON, lambda _: 0.0)

    assert not any(each.ends_flat for each in play(playback, NOON, 30 * MINUTE, lambda _: 0.0))


@pytest.mark.parametrize("place", [0.0, 0.4, 0.999])
@pytest.mark.parametrize("now", [NOON + 0.0, NOON + 2.2, NOON + 30.5, NOON + 59.9])
def test_fetches_come_a_few_seconds_after_each_minute(now: float, place: float) -> None:
    due = now + fetch_pause(now, place=place)

    assert 3.0 - 1e-6 <= due % MINUTE <= 5.0 + 1e-6
    assert 1.0 - 1e-6 <= due - now <= MINUTE + 1.0
    assert due + fetch_pause(due - 0.02, place=place) - 0.02 == pytest.approx(due + MINUTE)
