"""Who can sign in, and which home is theirs.

| e-mail | password | state | home |
|---|---|---|---|
| home@example.com | emporia-password | confirmed | `first_home.py`, America/New_York |
| solar@example.com | solar-password | confirmed | `solar_home.py`, Europe/Berlin |
| reset@example.com | reset-password | password reset required | none |
| unconfirmed@example.com | unconfirmed-password | not confirmed | none |
| mill@example.com | mill-password | confirmed | `mill.py`, a thousand circuits, Asia/Tokyo |
| battery@example.com | battery-password | confirmed | `battery_home.py`, America/Phoenix |
| offline@example.com | offline-password | confirmed | `offline_panel.py`, America/Chicago |
| utility@example.com | utility-password | confirmed | `utility_connect.py`, America/Los_Angeles |
| combined@example.com | combined-password | confirmed | `combined_panels.py`, America/Denver |
| unclamped@example.com | unclamped-password | confirmed | `no_mains.py`, America/Toronto |
| nested@example.com | nested-password | confirmed | `nested_devices.py`, America/Halifax |
| panels@example.com | panels-password | confirmed | `three_panels.py`, Europe/Madrid |
| kolkata@example.com | kolkata-password | confirmed | `half_hour_zone.py`, Asia/Kolkata |
| two@example.com | two-password | confirmed | `two_homes.py`, Europe/Lisbon and America/Anchorage |
| years@example.com | years-password | confirmed | `years_home.py`, America/Chicago |
| forty@example.com | forty-password | confirmed | `forty_devices.py`, Europe/London |
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from adapters.emporia_simulator.homes.battery_home import BATTERY_HOME
from adapters.emporia_simulator.homes.combined_panels import COMBINED_PANELS
from adapters.emporia_simulator.homes.energy.devices import Address, Device
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.forty_devices import forty_devices
from adapters.emporia_simulator.homes.half_hour_zone import HALF_HOUR_ZONE
from adapters.emporia_simulator.homes.mill import mill
from adapters.emporia_simulator.homes.nested_devices import NESTED_DEVICES
from adapters.emporia_simulator.homes.no_mains import NO_MAINS
from adapters.emporia_simulator.homes.offline_panel import OFFLINE_PANEL
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME
from adapters.emporia_simulator.homes.three_panels import THREE_PANELS
from adapters.emporia_simulator.homes.two_homes import TWO_HOMES
from adapters.emporia_simulator.homes.utility_connect import UTILITY_CONNECT
from adapters.emporia_simulator.homes.years_home import YEARS_HOME


class UserState(StrEnum):
    """What the user pool thinks of a user."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    RESET_REQUIRED = "reset_required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer of Emporia's: an account in the user pool and the devices of a home."""

    gid: int
    email: str
    first_name: str
    last_name: str
    password: str
    state: UserState = UserState.CONFIRMED
    home: Callable[[], tuple[Device, ...]] = tuple
    """Called for each request: a large home is built when first asked for."""

    @property
    def devices(self) -> tuple[Device, ...]:
        """The devices that hang on no other."""
        return self.home()

    def walk(self) -> Iterator[Device]:
        """Every device of the account, parents first."""
        for device in self.devices:
            yield from device.walk()

    def homes(self) -> tuple[tuple[Device, ...], ...]:
        """The root devices of each place: they share a time zone and an address."""
        places: dict[tuple[str, Address | None], list[Device]] = {}
        for device in self.devices:
            place = (device.calendar.zone.key, device.address)
            places.setdefault(place, []).append(device)
        return tuple(tuple(devices) for devices in places.values())

    def device(self, gid: str) -> Device | None:
        """The account's device with that gid, if it has one."""
        return next((device for device in self.walk() if str(device.gid) == gid), None)


def _customer(
    gid: int,
    first_name: str,
    last_name: str,
    home: Callable[[], tuple[Device, ...]] = tuple,
    *,
    name: str = "",
    password: str = "",
    state: UserState = UserState.CONFIRMED,
) -> Customer:
    """Somebody whose e-mail and password come of their last name, or of the name given."""
    name = name or last_name.lower()
    return Customer(
        gid=gid,
        email=f"{name}@example.com",
        first_name=first_name,
        last_name=last_name,
        password=password or f"{name}-password",
        state=state,
        home=home,
    )


CUSTOMERS = (
    _customer(101, "Harper", "Home", lambda: FIRST_HOME, password="emporia-password"),  # noqa: S106
    _customer(102, "Sol", "Sommer", lambda: SOLAR_HOME, name="solar"),
    _customer(103, "Remy", "Reset", state=UserState.RESET_REQUIRED),
    _customer(104, "Uma", "Unconfirmed", state=UserState.UNCONFIRMED),
    _customer(105, "Mira", "Mill", mill),
    _customer(106, "Bo", "Battery", lambda: BATTERY_HOME),
    _customer(107, "Olga", "Offline", lambda: OFFLINE_PANEL),
    _customer(108, "Uri", "Utility", lambda: UTILITY_CONNECT),
    _customer(109, "Cleo", "Combined", lambda: COMBINED_PANELS),
    _customer(110, "Una", "Unclamped", lambda: NO_MAINS),
    _customer(111, "Nils", "Nested", lambda: NESTED_DEVICES),
    _customer(112, "Pilar", "Panels", lambda: THREE_PANELS),
    _customer(113, "Kavi", "Kolkata", lambda: HALF_HOUR_ZONE),
    _customer(114, "Tomas", "Two", lambda: TWO_HOMES),
    _customer(115, "Yara", "Years", lambda: YEARS_HOME),
    _customer(116, "Fergus", "Forty", forty_devices),
)


def neighbours(count: int) -> tuple[Customer, ...]:
    """`home1@example.com` and so on: customers of their own, in homes just like the first."""
    first = CUSTOMERS[0]
    return tuple(
        replace(first, gid=10_000 + number, email=f"home{number}@example.com")
        for number in range(1, count + 1)
    )
