"""How many connections there may be, in all and for an address."""

import logging
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from domain.accounts.networks import network_of
from entrypoints.proxies import TrustedProxies
from entrypoints.serving.refusals import TOO_MANY_IN_ALL, TOO_MANY_OF_ADDRESS, Refusal

logger = logging.getLogger(__name__)

MOST_REMEMBERED = 1024
"""Addresses of which it is remembered whose they are: reading one costs more than the rest."""


class Place:
    """A connection's place among those that are counted, until it is given back."""

    __slots__ = ("_admission", "_line")

    def __init__(self, admission: "Admission", line: str | None) -> None:
        self._admission: Admission | None = admission
        self._line = line

    def leave(self) -> None:
        """Give the place back; twice does no harm."""
        if self._admission is not None:
            self._admission.forget(self._line)
            self._admission = None


class Admission:
    """Counts connections. One line can't take more than half of all places.

    Connections of trusted proxies count in all alone: behind them are many.
    """

    def __init__(
        self, *, most_in_all: int, most_of_address: int, trusted_proxies: Sequence[str] = ()
    ) -> None:
        self._most_in_all = most_in_all
        self._most_of_address = min(most_of_address, max(1, most_in_all // 2))
        self._proxies = TrustedProxies(trusted_proxies)
        self._line_of = lru_cache(maxsize=MOST_REMEMBERED)(self._find_line)
        self._in_all = 0
        self._of_line: Counter[str] = Counter()
        self._is_full = False

    def admit(self, host: str) -> Place | Refusal:
        """A place for a connection from there, or why there is none."""
        if self._in_all >= self._most_in_all:
            self._tell_full()
            return TOO_MANY_IN_ALL
        line = self._line_of(host)
        if line is not None:
            if self._of_line[line] >= self._most_of_address:
                return TOO_MANY_OF_ADDRESS
            self._of_line[line] += 1
        self._in_all += 1
        return Place(self, line)

    def forget(self, line: str | None) -> None:
        """A connection is gone."""
        self._in_all -= 1
        if line is not None:
            self._of_line[line] -= 1
            if not self._of_line[line]:
                del self._of_line[line]
        if self._is_full and self._in_all < self._most_in_all * 9 // 10:
            self._is_full = False
            logger.warning("There is room for new connections again")

    def _tell_full(self) -> None:
        if not self._is_full:
            self._is_full = True
            logger.warning("All %d connections are taken; new ones are refused", self._in_all)

    def _find_line(self, host: str) -> str | None:
        """Who is counted as one; None for whom all count as themselves."""
        return None if self._proxies.trusts(host) else network_of(host)
