"""Trends: the last samples as small blocks."""

from entrypoints.watch.trend import Trends, sparkline


def test_the_lowest_is_drawn_low_and_the_highest_high() -> None:
    assert sparkline([0, 50, 100]) == "▁▅█"


def test_a_gap_in_the_data_is_a_gap_in_the_line() -> None:
    assert sparkline([100, None, 0]) == "█ ▁"


def test_a_steady_load_is_a_line_in_the_middle() -> None:
    assert sparkline([500, 500]) == "▅▅"


def test_a_little_noise_stays_near_the_middle() -> None:
    assert sparkline([500, 501, 499]) == "▅▅▄"


def test_nothing_drawn_is_the_lowest_block() -> None:
    assert sparkline([0, 0]) == "▁▁"


def test_more_export_goes_down() -> None:
    assert sparkline([0, -100]) == "█▁"


def test_nothing_known_is_an_empty_line() -> None:
    assert sparkline([None, None]) == "  "
    assert sparkline([]) == ""


def test_a_sample_sent_again_counts_once() -> None:
    trends = Trends()

    assert trends.add("12:00", {"a": 1.0})
    assert not trends.add("12:00", {"a": 1.0})
    assert trends.add("12:01", {"a": 1.0})
    assert trends.line("a") == "▅▅"


def test_only_the_last_samples_are_kept() -> None:
    trends = Trends(samples=2)
    for instant, watts in enumerate([100.0, 0.0, 100.0]):
        trends.add(str(instant), {"a": watts})

    assert trends.line("a") == "▁█"


def test_an_unheard_of_row_has_no_line() -> None:
    assert Trends().line("a") == ""
