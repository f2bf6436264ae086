"""What the archive keeps, as it is priced: single panels, and several as one home."""

from datetime import UTC, datetime

from domain.archive.hours import SOURCES, Hour
from domain.archive.months import Month
from domain.billing.pricing.kept_hours import metered_of, together
from domain.emporia.usage import Scale

JUNE = int(datetime(2025, 6, 1, tzinfo=UTC).timestamp())
MINUTES, HOURS = SOURCES[Scale.MINUTE], SOURCES[Scale.HOUR]


def _month(*hours: Hour) -> Month:
    month = Month.empty(JUNE)
    for place, hour in enumerate(hours):
        month.put(JUNE + place * 3600, hour)
    return month


def _minutes(
    *quarters: int, positive: int, known_seconds: int = 3600, source: int = MINUTES
) -> Hour:
    first, second, third, fourth = quarters
    return Hour(
        source=source,
        quarters=(first, second, third, fourth),
        positive=positive,
        known_seconds=known_seconds,
        is_settled=True,
        is_imported=True,
        is_averaged=True,
    )


def _hourly(net: int) -> Hour:
    return Hour(source=HOURS, quarters=(net, 0, 0, 0), known_seconds=3600)


def test_what_was_taken_and_given_are_the_parts_of_an_hour_and_not_its_net() -> None:
    metered = metered_of([_month(_minutes(5, -3, 2, 0, positive=9), _hourly(-7), _hourly(4))])
    assert list(metered.imported[:4]) == [9, 0, 4, 0]
    assert list(metered.exported[:4]) == [5, 7, 0, 0]
    assert metered.netted[:4] == b"\0\1\1\0"
    assert metered.held[:4] == b"\1\0\0\0"
    assert list(metered.known_seconds[:4]) == [3600, 3600, 3600, 0]
    assert metered.count == 30 * 24


def test_one_panel_is_the_home() -> None:
    metered = metered_of([_month(_minutes(1, 1, 1, 1, positive=4))])
    assert together([metered]) is metered


def test_panels_that_only_take_are_added() -> None:
    one = metered_of([_month(_minutes(1, 2, 3, 4, positive=10), _hourly(5))])
    other = metered_of(
        [
            _month(
                _minutes(4, 3, 2, 1, positive=10, known_seconds=1800),
                _minutes(1, 1, 1, 1, positive=4),
            )
        ]
    )
    home = together([one, other])
    assert list(home.imported[:2]) == [20, 9]
    assert list(home.quarters[:4]) == [5, 5, 5, 5]
    assert list(home.known_seconds[:2]) == [1800, 3600]
    assert (home.netted[:2], home.held[:2]) == (b"\0\1", b"\1\0")


def test_what_one_panel_gives_another_takes_and_the_meter_sees_neither() -> None:
    takes = metered_of(
        [_month(_minutes(6, 6, 6, 6, positive=24), _minutes(2, 2, 2, 2, positive=8))]
    )
    gives = metered_of([_month(_minutes(-4, -9, 0, -6, positive=0), _hourly(-20))])
    home = together([takes, gives])
    assert list(home.imported[:2]) == [8, 0]
    assert list(home.exported[:2]) == [3, 12]
    assert home.netted[:2] == b"\0\1"
