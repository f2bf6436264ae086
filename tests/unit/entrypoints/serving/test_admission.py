"""Whose connections are counted together, and how many there may be."""

import pytest

from entrypoints.serving.admission import Admission, Place
from entrypoints.serving.open_files import most_connections
from entrypoints.serving.refusals import TOO_MANY_IN_ALL, TOO_MANY_OF_ADDRESS

PROXIES = ("127.0.0.1", "10.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("2001:db8::1", "2001:db8::ffff:1"),
        ("2001:db8::1", "2001:db8:0:0:dead:beef::"),
        ("fe80::1%eth0", "fe80::2%eth0"),
    ],
)
def test_one_line_is_counted_as_one(first: str, second: str) -> None:
    admission = Admission(most_in_all=100, most_of_address=1)

    assert isinstance(admission.admit(first), Place)
    assert admission.admit(second) is TOO_MANY_OF_ADDRESS


@pytest.mark.parametrize(
    ("first", "second"),
    [("192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8:0:1::1"), ("192.0.2.1", "::1")],
)
def test_others_are_counted_for_themselves(first: str, second: str) -> None:
    admission = Admission(most_in_all=100, most_of_address=1)

    assert isinstance(admission.admit(first), Place)
    assert isinstance(admission.admit(second), Place)


@pytest.mark.parametrize("host", ["127.0.0.1", "::ffff:127.0.0.1", "10.1.2.3", "::1"])
def test_proxies_are_limited_by_the_total_alone(host: str) -> None:
    admission = Admission(most_in_all=10, most_of_address=1, trusted_proxies=PROXIES)

    assert all(isinstance(admission.admit(host), Place) for _ in range(10))
    assert admission.admit(host) is TOO_MANY_IN_ALL


def test_one_line_never_takes_more_than_half() -> None:
    admission = Admission(most_in_all=10, most_of_address=1000)

    taken = [admission.admit("192.0.2.1") for _ in range(6)]

    assert taken[5] is TOO_MANY_OF_ADDRESS
    assert all(isinstance(admission.admit("192.0.2.2"), Place) for _ in range(5))
    assert admission.admit("192.0.2.3") is TOO_MANY_IN_ALL


def test_a_48th_of_ipv6_takes_eight_times_as_much_however_many_networks_it_has() -> None:
    admission = Admission(most_in_all=100, most_of_address=1)
    taken = [admission.admit(f"2001:db8:1:{number:x}::1") for number in range(9)]
    assert all(isinstance(place, Place) for place in taken[:8])
    assert taken[8] is TOO_MANY_OF_ADDRESS
    assert isinstance(admission.admit("2001:db8:2::1"), Place)

    assert isinstance(taken[0], Place)
    taken[0].leave()

    assert isinstance(admission.admit("2001:db8:1:ffff::1"), Place)


def test_a_48th_of_ipv6_never_takes_more_than_half() -> None:
    admission = Admission(most_in_all=10, most_of_address=5)
    taken = [admission.admit(f"2001:db8:1:{number:x}::1") for number in range(6)]
    assert [isinstance(place, Place) for place in taken] == [True] * 5 + [False]


def test_a_place_given_back_twice_is_one_place() -> None:
    admission = Admission(most_in_all=2, most_of_address=2)
    place = admission.admit("192.0.2.1")
    assert isinstance(place, Place)

    place.leave()
    place.leave()

    assert isinstance(admission.admit("192.0.2.1"), Place)
    assert isinstance(admission.admit("192.0.2.2"), Place)
    assert admission.admit("192.0.2.3") is TOO_MANY_IN_ALL


def test_who_is_there_and_who_has_been_is_counted() -> None:
    admission = Admission(most_in_all=10, most_of_address=10)
    first, second = admission.admit("192.0.2.1"), admission.admit("127.0.0.1")
    assert isinstance(first, Place)
    assert isinstance(second, Place)
    first.leave()
    first.leave()

    assert (admission.open, admission.ended) == (1, 1)


def test_everybody_may_be_trusted() -> None:
    admission = Admission(most_in_all=10, most_of_address=1, trusted_proxies=("*",))

    assert all(isinstance(admission.admit("192.0.2.1"), Place) for _ in range(10))


@pytest.mark.parametrize(("files", "connections"), [(64, 48), (1024, 896), (20_000, 19_872)])
def test_some_files_are_kept_from_connections(files: int, connections: int) -> None:
    assert most_connections(files) == connections
