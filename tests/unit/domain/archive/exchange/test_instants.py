from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from domain.archive.exchange.instants import instant_texts

ZONES = [
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Africa/Monrovia",
    "UTC",
]
CHANGES = [
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(1972, 1, 7, 0, 44, 30, tzinfo=UTC),
]


@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    around=st.sampled_from(CHANGES),
    shift=st.integers(-90_000, 90_000),
    width=st.sampled_from([1, 60, 900, 3600, 86_400]),
)
@example(zone=ZoneInfo("Africa/Monrovia"), around=CHANGES[-1], shift=-20, width=1)
def test_instants_are_what_pythons_own_clock_says(zone, around, shift, width) -> None:
    first = int(around.timestamp()) + shift
    starts = range(first, first + 40 * width, width)
    moments = [datetime.fromtimestamp(at, UTC) for at in starts]
    assert list(instant_texts(starts, zone)) == [
        (moment.isoformat().replace("+00:00", "Z"), moment.astimezone(zone).isoformat())
        for moment in moments
    ]


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset() -> None:
    starts = [int(datetime(2026, 11, 1, hour, 30, tzinfo=UTC).timestamp()) for hour in (5, 6)]
    assert list(instant_texts(starts, ZoneInfo("America/New_York"))) == [
        ("2026-11-01T05:30:00Z", "2026-11-01T01:30:00-04:00"),
        ("2026-11-01T06:30:00Z", "2026-11-01T01:30:00-05:00"),
    ]
