"""By what and from where somebody comes, in words for a list of sessions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_network

from domain.accounts.callers.networks import plain_address

UNKNOWN = "Unknown"
LONGEST_NAME = 64
LONGEST_LOOKED_AT = 512

_SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Macintosh": "macOS",
    "Linux": "Linux",
}
"""Words of user agents in the order in which they decide: Android's has Linux in it too."""

_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""The same: Edge calls itself Chrome, and Chrome calls itself Safari."""

_PRODUCT = re.compile(r"[!-.0-~]{1,48}(?:/[!-.0-~]{1,16})?")
_SHOWN_PREFIX = {4: 24, 6: 48}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a session is named after; `address_prefix` is "" where no address is known."""

    name: str
    address_prefix: str

    @classmethod
    def of(cls, *, user_agent: str, address: str) -> "Visit":
        """The visit of somebody who sends this `User-Agent`, from this address."""
        return cls(name=name_of(user_agent), address_prefix=shown_prefix(address))


VisitOf = Callable[[], Visit]
"""Most requests need none, and none is made for them."""


def unseen() -> Visit:
    """The visit of somebody of whom nothing is known."""
    return Visit(name=UNKNOWN, address_prefix="")


def name_of(user_agent: str) -> str:
    """What a person calls it: "Firefox on Linux", "curl/8.5.0"; "Unknown" where it says nothing.

    A few words are looked for, and no more: real knowledge of user agents takes lists that grow
    old, and patterns that cost too much on a text that strangers choose.
    """
    told = user_agent[:LONGEST_LOOKED_AT]
    if told.startswith("Mozilla/"):
        browser = next((name for word, name in _BROWSERS.items() if f"{word}/" in told), "Browser")
        system = next((name for word, name in _SYSTEMS.items() if word in told), None)
        return browser if system is None else f"{browser} on {system}"
    product = _PRODUCT.match(told.strip())
    return product[0][:LONGEST_NAME] if product else UNKNOWN


def shown_prefix(address: str) -> str:
    """An address without what tells one house from the next: /24, or /48 of IPv6; "" for none."""
    plain = plain_address(address)
    if plain is None:
        return ""
    return str(ip_network((plain, _SHOWN_PREFIX[plain.version]), strict=False))
