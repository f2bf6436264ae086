"""How many connections there may be, in all and for an address."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from domain.accounts.callers.networks import LINES_OF_A_SITE, network_of, site_of
from entrypoints.proxies import TrustedProxies
from entrypoints.serving.refusals import TOO_MANY_IN_ALL, TOO_MANY_OF_ADDRESS, Refusal

logger = logging.getLogger(__name__)

MOST_REMEMBERED = 1024
"""Addresses of which it is remembered whose they are: reading one costs more than the rest."""


Limits = Mapping[str, int]
"""Who a connection counts for, and how many each of them may have."""


class Place:
    """A connection's place among those that are counted, until it is given back."""

    __slots__ = ("_admission", "_limits")

    def __init__(self, admission: "Admission", limits: "Limits") -> None:
        self._admission: Admission | None = admission
        self._limits = limits

    def leave(self) -> None:
        """Give the place back; twice does no harm."""
        if self._admission is not None:
            self._admission.forget(self._limits)
            self._admission = None


class Admission:
    """Counts connections. No address can take more than half of all places, nor can a site.

    Connections of trusted proxies count in all alone: behind them are many.
    """

    def __init__(
        self, *, most_in_all: int, most_of_address: int, trusted_proxies: Sequence[str] = ()
    ) -> None:
        self._most_in_all = most_in_all
        half = max(1, most_in_all // 2)
        self._most_of_address = min(most_of_address, half)
        self._most_of_site = min(most_of_address * LINES_OF_A_SITE, half)
        self._proxies = TrustedProxies(trusted_proxies)
        self._limits_of = lru_cache(maxsize=MOST_REMEMBERED)(self._find_limits)
        self._in_all = 0
        self._ended = 0
        self._counts: Counter[str] = Counter()
        self._is_full = False

    @property
    def open(self) -> int:
        """How many are open."""
        return self._in_all

    @property
    def ended(self) -> int:
        """How many have ended since the start."""
        return self._ended

    def admit(self, host: str) -> Place | Refusal:
        """A place for a connection from there, or why there is none."""
        if self._in_all >= self._most_in_all:
            self._tell_full()
            return TOO_MANY_IN_ALL
        limits = self._limits_of(host)
        for caller, most in limits.items():
            if self._counts[caller] >= most:
                return TOO_MANY_OF_ADDRESS
        for caller in limits:
            self._counts[caller] += 1
        self._in_all += 1
        return Place(self, limits)

    def forget(self, limits: Limits) -> None:
        """A connection is gone."""
        self._in_all -= 1
        self._ended += 1
        for caller in limits:
            self._counts[caller] -= 1
            if not self._counts[caller]:
                del self._counts[caller]
        if self._is_full and self._in_all < self._most_in_all * 9 // 10:
            self._is_full = False
            logger.warning("There is room for new connections again", {"event": "connections_free"})

    def _tell_full(self) -> None:
        if not self._is_full:
            self._is_full = True
            logger.warning(
                "All %(connections)d connections are taken; new ones are refused",
                {"event": "connections_full", "connections": self._in_all},
            )

    def _find_limits(self, host: str) -> Limits:
        """A caller's own limit and its site's; none for whom all count as themselves."""
        if self._proxies.trusts(host):
            return {}
        network = network_of(host)
        return {site_of(network): self._most_of_site, network: self._most_of_address}
