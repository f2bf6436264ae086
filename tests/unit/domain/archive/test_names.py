import pytest

from domain.archive.recording.recorder import Recording, Seconds, fill_seconds
from domain.archive.series import SeriesName
from domain.errors import InvalidInput


@pytest.mark.parametrize("text", ["1001:1,2,3", "1001:7", "9223372036854775807:Balance"])
def test_a_series_is_written_as_it_is_read(text) -> None:
    assert str(SeriesName.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "1001", "1001:", ":7", "x:7", "-1:7", "²:7", "1" * 20 + ":7", "1001:" + "7" * 41]
)
def test_what_is_no_series_is_refused_with_an_example(text) -> None:
    with pytest.raises(InvalidInput, match=r"is no series; .* such as 1001:1,2,3\."):
        SeriesName.parse(text)


def test_a_long_word_of_a_stranger_is_not_told_back_whole() -> None:
    with pytest.raises(InvalidInput) as refusal:
        SeriesName.parse("y" * 1000)
    assert len(str(refusal.value)) < 200
    with pytest.raises(InvalidInput) as refusal:
        Seconds.parse("y" * 1000)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("seconds", Seconds)
def test_seconds_are_read_by_their_names(seconds) -> None:
    assert Seconds.parse(seconds.value) is seconds


def test_other_seconds_are_refused_with_what_is_allowed() -> None:
    with pytest.raises(InvalidInput, match="'some' is not known; allowed are off, mains, all"):
        Seconds.parse("some")


def test_minutes_of_all_and_seconds_of_the_mains_are_recorded_unless_chosen_otherwise() -> None:
    assert Recording() == Recording(minutes=True, seconds=Seconds.MAINS)


@pytest.mark.parametrize(
    ("requests", "daily", "seconds"),
    [
        (0, 2000, 0),
        (60, 0, 600),
        (60, 2000, 600),
        (1000, 2000, 10_000),
        (1001, 2000, 86_400 + 10_010),
        (3, 1, 2 * 86_400 + 30),
    ],
)
def test_a_fill_takes_ten_seconds_a_request_and_half_of_each_days(requests, daily, seconds) -> None:
    assert fill_seconds(requests, daily_requests=daily) == seconds
