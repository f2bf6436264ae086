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
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from adapters.emporia_simulator.homes.battery_home import BATTERY_HOME
from adapters.emporia_simulator.homes.combined_panels import COMBINED_PANELS
from adapters.emporia_simulator.homes.energy.devices import Address, Device
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.half_hour_zone import HALF_HOUR_ZONE
from adapters.emporia_simulator.homes.mill import mill
from adapters.emporia_simulator.homes.nested_devices import NESTED_DEVICES
from adapters.emporia_simulator.homes.no_mains import NO_MAINS
from adapters.emporia_simulator.homes.offline_panel import OFFLINE_PANEL
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME
from adapters.emporia_simulator.homes.three_panels import THREE_PANELS
from adapters.emporia_simulator.homes.utility_connect import UTILITY_CONNECT


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


CUSTOMERS = (
    Customer(
        gid=101,
        email="home@example.com",
        first_name="Harper",
        last_name="Home",
        password="emporia-password",  # noqa: S106 - the simulator's people are public
        home=lambda: FIRST_HOME,
    ),
    Customer(
        gid=102,
        email="solar@example.com",
        first_name="Sol",
        last_name="Sommer",
        password="solar-password",  # noqa: S106
        home=lambda: SOLAR_HOME,
    ),
    Customer(
        gid=103,
        email="reset@example.com",
        first_name="Remy",
        last_name="Reset",
        password="reset-password",  # noqa: S106
        state=UserState.RESET_REQUIRED,
    ),
    Customer(
        gid=104,
        email="unconfirmed@example.com",
        first_name="Uma",
        last_name="Unconfirmed",
        password="unconfirmed-password",  # noqa: S106
        state=UserState.UNCONFIRMED,
    ),
    Customer(
        gid=105,
        email="mill@example.com",
        first_name="Mira",
        last_name="Mill",
        password="mill-password",  # noqa: S106
        home=mill,
    ),
    Customer(
        gid=106,
        email="battery@example.com",
        first_name="Bo",
        last_name="Battery",
        password="battery-password",  # noqa: S106
        home=lambda: BATTERY_HOME,
    ),
    Customer(
        gid=107,
        email="offline@example.com",
        first_name="Olga",
        last_name="Offline",
        password="offline-password",  # noqa: S106
        home=lambda: OFFLINE_PANEL,
    ),
    Customer(
        gid=108,
        email="utility@example.com",
        first_name="Uri",
        last_name="Utility",
        password="utility-password",  # noqa: S106
        home=lambda: UTILITY_CONNECT,
    ),
    Customer(
        gid=109,
        email="combined@example.com",
        first_name="Cleo",
        last_name="Combined",
        password="combined-password",  # noqa: S106
        home=lambda: COMBINED_PANELS,
    ),
    Customer(
        gid=110,
        email="unclamped@example.com",
        first_name="Una",
        last_name="Unclamped",
        password="unclamped-password",  # noqa: S106
        home=lambda: NO_MAINS,
    ),
    Customer(
        gid=111,
        email="nested@example.com",
        first_name="Nils",
        last_name="Nested",
        password="nested-password",  # noqa: S106
        home=lambda: NESTED_DEVICES,
    ),
    Customer(
        gid=112,
        email="panels@example.com",
        first_name="Pilar",
        last_name="Panels",
        password="panels-password",  # noqa: S106
        home=lambda: THREE_PANELS,
    ),
    Customer(
        gid=113,
        email="kolkata@example.com",
        first_name="Kavi",
        last_name="Kolkata",
        password="kolkata-password",  # noqa: S106
        home=lambda: HALF_HOUR_ZONE,
    ),
)


def neighbours(count: int) -> tuple[Customer, ...]:
    """`home1@example.com` and so on: customers of their own, in homes just like the first."""
    first = CUSTOMERS[0]
    return tuple(
        replace(first, gid=10_000 + number, email=f"home{number}@example.com")
        for number in range(1, count + 1)
    )
