"""The home that somebody asks about."""

from application.accounts.access import Caller
from domain.archive.series import SeriesName
from domain.emporia.devices import Customer
from domain.emporia.home_power import Home
from domain.emporia.homes import named_home


def home_of(customer: Customer, caller: Caller, gid: int | None) -> Home:
    """The home with this device at its root; the only one where none is named.

    Homes of which the caller may not see every series are as if they did not exist. Raises
    InvalidInput.
    """
    return named_home([home for home in customer.homes if _is_seen(customer, caller, home)], gid)


def series_of(home: Home) -> list[SeriesName]:
    """What its flows are worked out of, each once."""
    return [SeriesName(gid, channel) for gid, channel in dict.fromkeys(home.series())]


def _is_seen(customer: Customer, caller: Caller, home: Home) -> bool:
    return all(
        customer.sees(name.gid, name.channel, limits=caller.limits) for name in series_of(home)
    )
