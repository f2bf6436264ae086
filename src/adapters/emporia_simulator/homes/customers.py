"""Who can sign in, and which home is theirs.

| e-mail | password | state | home |
|---|---|---|---|
| home@example.com | emporia-password | confirmed | `first_home.py`, America/New_York |
| solar@example.com | solar-password | confirmed | `solar_home.py`, Europe/Berlin |
| reset@example.com | reset-password | password reset required | none |
| unconfirmed@example.com | unconfirmed-password | not confirmed | none |
| mill@example.com | mill-password | confirmed | `mill.py`, a thousand circuits, Asia/Tokyo |
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from adapters.emporia_simulator.homes.energy.devices import Device
from adapters.emporia_simulator.homes.first_home import FIRST_HOME
from adapters.emporia_simulator.homes.mill import mill
from adapters.emporia_simulator.homes.solar_home import SOLAR_HOME


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
)


def neighbours(count: int) -> tuple[Customer, ...]:
    """`home1@example.com` and so on: customers of their own, in homes just like the first."""
    first = CUSTOMERS[0]
    return tuple(
        replace(first, gid=10_000 + number, email=f"home{number}@example.com")
        for number in range(1, count + 1)
    )
