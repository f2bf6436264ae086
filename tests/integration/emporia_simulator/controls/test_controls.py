"""What tests steer the simulator with: the clock, the faults, the counter, the users."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.emporia_simulator.cognito.user_pool import UserPool
from adapters.emporia_simulator.controls.clock import HomeClock
from adapters.emporia_simulator.controls.faults import (
    DEVICE_API,
    USER_POOL,
    Fault,
    FaultKind,
    Faults,
    raise_for_device_api,
    raise_for_user_pool,
)
from adapters.emporia_simulator.controls.request_counter import RequestCounter
from adapters.emporia_simulator.homes.customers import CUSTOMERS
from adapters.emporia_simulator.refusals import Refusal

START = datetime(2026, 3, 8, 6, 59, tzinfo=UTC)
REPLACING = [kind for kind in FaultKind if kind not in ("latency", "null_usage", "empty_devices")]


def test_a_clock_stands_still_where_it_was_set() -> None:
    clock = HomeClock.starting_at(START, speed=0.0)
    assert clock.now() == START.timestamp()


def test_a_clock_runs_as_fast_as_asked() -> None:
    clock = HomeClock.starting_at(START, speed=1e9)
    assert clock.now() - START.timestamp() > 1.0


def test_a_clock_keeps_its_time_when_its_speed_changes() -> None:
    clock = HomeClock.starting_at(START, speed=0.0)
    clock.run(speed=1.0)
    assert abs(clock.now() - START.timestamp()) < 1.0


def test_a_clock_takes_a_moment_without_a_zone_as_utc() -> None:
    clock = HomeClock(speed=0.0)
    clock.set(START.replace(tzinfo=None))
    assert clock.now() == START.timestamp()


def test_a_clock_can_go_back_to_the_wall() -> None:
    clock = HomeClock.starting_at(START, speed=0.0)
    clock.follow_the_wall()
    assert abs(datetime.fromtimestamp(clock.now(), UTC) - datetime.now(UTC)) < timedelta(seconds=1)


def test_a_fault_happens_as_often_as_it_was_told_to() -> None:
    faults = Faults([Fault(kind=FaultKind.SERVER_ERROR, times=2)])
    struck = [faults.next_for(group=DEVICE_API, method="/customers")[1] for _ in range(3)]
    assert [fault is not None for fault in struck] == [True, True, False]


def test_a_fault_hits_its_own_route_only() -> None:
    faults = Faults([Fault(kind=FaultKind.BAD_REQUEST, route="getChartUsage")])
    assert faults.next_for(group=DEVICE_API, method="getDeviceListUsages") == (0, None)
    assert faults.next_for(group=DEVICE_API, method="getChartUsage")[1] is not None
    assert faults.next_for(group=USER_POOL, method="InitiateAuth") == (0, None)


def test_latency_comes_on_top_of_another_fault() -> None:
    slow = Fault(kind=FaultKind.LATENCY, seconds=0.25)
    broken = Fault(kind=FaultKind.SERVER_ERROR)
    faults = Faults([slow, slow, broken])
    assert faults.next_for(group=DEVICE_API, method="/customers") == (0.5, broken)


@pytest.mark.parametrize("kind", REPLACING)
def test_every_fault_ends_a_request_of_either_api(kind: FaultKind) -> None:
    for end_request in (raise_for_device_api, raise_for_user_pool):
        with pytest.raises(Exception):  # noqa: B017, PT011 - each kind has its own
            end_request(Fault(kind=kind))


def test_a_rate_limit_says_when_to_come_back() -> None:
    with pytest.raises(Refusal) as refused:
        raise_for_device_api(Fault(kind=FaultKind.RATE_LIMITED, seconds=1.5))
    assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "2"})


def test_requests_are_counted_by_customer_and_method() -> None:
    counter = RequestCounter()
    for method in ("getChartUsage", "getChartUsage", "/customers"):
        counter.add(customer="home@example.com", method=method, detail="")
    tallies = counter.report()["customers"]["home@example.com"]
    assert tallies["getChartUsage"]["count"] == 2
    assert tallies["/customers"] == {"count": 1, "most_in_one_second": 1}
    counter.reset()
    assert counter.report() == {"total": 0, "customers": {}, "recent": []}


def test_of_single_requests_only_the_latest_are_kept() -> None:
    counter = RequestCounter()
    for number in range(1_010):
        counter.add(customer="home@example.com", method="/customers", detail=str(number))
    assert len(counter.report()["recent"]) == 1_000
    assert counter.report()["total"] == 1_010


def test_a_user_is_found_by_email_in_any_case_and_by_id() -> None:
    pool = UserPool(CUSTOMERS)
    user = pool.known("Home@Example.com")
    assert user is not None
    assert pool.known(user.id) is user


def test_nobody_looks_the_same_each_time() -> None:
    pool = UserPool(CUSTOMERS)
    first, second = pool.find("nobody@example.com"), pool.find("Nobody@example.com")
    assert (first.id, first.salt) == (second.id, second.salt)
    assert pool.known("nobody@example.com") is None
