"""The utility's hours in little room."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.archive.spans import HOUR_SECONDS
from domain.billing.pricing.metered import MeteredHour
from domain.billing.utility.months import hours_in, months_of

MARCH = int(datetime(2025, 3, 1, tzinfo=UTC).timestamp())
APRIL = int(datetime(2025, 4, 1, tzinfo=UTC).timestamp())

energies = st.integers(0, 2**50)
hours = st.builds(
    MeteredHour,
    start=st.integers(0, 400_000).map(lambda hour: hour * HOUR_SECONDS),
    imported=energies,
    exported=energies,
    quarters=st.none() | st.tuples(*[st.integers(-(2**50), 2**50)] * 4),
)


@given(st.lists(hours, unique_by=lambda hour: hour.start))
def test_what_is_packed_comes_back(told):
    months = months_of(told)
    assert [hour for month in months for hour in month.hours()] == sorted(
        told, key=lambda hour: hour.start
    )


def test_hours_lie_in_their_month_and_only_those_of_a_range_are_told():
    last, first = (MeteredHour(start=at, imported=1) for at in (APRIL - HOUR_SECONDS, APRIL))
    months = months_of([first, last])
    assert [month.start for month in months] == [MARCH, APRIL]
    assert hours_in(months, APRIL, APRIL + HOUR_SECONDS) == {APRIL: first}


def test_a_month_of_hours_takes_little_room():
    told = [MeteredHour(start=MARCH + at * HOUR_SECONDS, imported=at) for at in range(744)]
    (month,) = months_of(told)
    assert len(month.data) < 15_000
