import pytest

from domain.emporia.channels import Channel
from domain.emporia.devices import Device
from domain.emporia.listings import BELIEVED_SECONDS, Listing, listing_after
from tests.unit.domain.emporia.customers import customer

CIRCUITS = (Channel(number="1,2,3"), Channel(number="1"))
WHOLE = (Device(gid=1, channels=CIRCUITS), Device(gid=2, channels=CIRCUITS[:1]))


def after(*answers: tuple[Device, ...]) -> Listing:
    listing = None
    for devices in answers:
        listing = listing_after(listing, customer(*devices))
    assert listing is not None
    return listing


@pytest.mark.parametrize("devices", [WHOLE, (Device(gid=1),)])
def test_a_list_is_believed_for_an_hour(devices: tuple[Device, ...]) -> None:
    assert after(devices).believed_seconds == BELIEVED_SECONDS


@pytest.mark.parametrize(
    "answers",
    [
        [()],
        [WHOLE, ()],
        [WHOLE, WHOLE[:1]],
        [WHOLE, (Device(gid=1), Device(gid=2))],
        [WHOLE, (Device(gid=1, channels=CIRCUITS[:1]), WHOLE[1])],
    ],
)
def test_a_list_without_devices_or_with_something_missing_is_believed_for_seconds(
    answers: list[tuple[Device, ...]],
) -> None:
    assert after(*answers).believed_seconds == 10


def test_what_stays_missing_is_believed_for_longer_each_time() -> None:
    told = [after(WHOLE, *[()] * times).believed_seconds for times in range(1, 11)]
    assert told == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]
    assert after(WHOLE, *[()] * 5000).believed_seconds == BELIEVED_SECONDS


def test_a_list_that_is_whole_again_is_believed_as_ever() -> None:
    assert after(WHOLE, (), WHOLE).believed_seconds == BELIEVED_SECONDS
    assert after((), WHOLE).believed_seconds == BELIEVED_SECONDS


def test_a_new_device_is_nothing_odd() -> None:
    assert after(WHOLE[:1], WHOLE).believed_seconds == BELIEVED_SECONDS
