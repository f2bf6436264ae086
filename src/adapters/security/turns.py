"""Turns at hashing: so many at once, those who are known first, and nobody waits in vain."""

import secrets
import time
from asyncio import CancelledError
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.security.line import Choose, Line, RecentTurns, Waiter
from application.ports.accounts.passwords import HasLeft
from domain.accounts.callers.networks import site_of
from domain.accounts.callers.turns import Turn
from domain.errors import PasswordsBusy

WAITING_PER_THREAD = 24
"""How many of either kind may wait for each that is worked on: some three seconds of work."""

KNOWN_IN_A_ROW = 3
"""After so many turns of those who are known a stranger has one: somebody new is kept out by
nobody, and somebody known waits a third longer at most."""

LONGEST_WAIT_SECONDS = 8.0
"""A line is no longer than what can be worked on until then: a person has given up by then."""

SHARE_OF_THE_NEWEST = 0.2
"""How much the last turn weighs in what a turn is thought to take."""


class Turns:
    """Lets at most `at_once` work at a time; the others wait in two lines.

    That of those who are known is theirs alone, so that strangers can neither fill it nor be
    waited for in it, but for the turns that they are owed. Where a turn takes long, fewer wait.
    """

    def __init__(
        self,
        at_once: int,
        *,
        timer: Callable[[], float] = time.monotonic,
        choose: Choose = secrets.choice,
    ) -> None:
        self._at_once = self._free = at_once
        self._timer = timer
        self._recent = RecentTurns(timer)
        self._known, self._strangers = (Line(recent=self._recent, choose=choose) for _ in range(2))
        self._known_in_a_row = 0
        self._turn_seconds = 0.0

    @property
    def present(self) -> int:
        """How many are at work or wait."""
        return self._at_once - self._free + len(self._known) + len(self._strangers)

    @asynccontextmanager
    async def take(self, turn: Turn, has_left: HasLeft) -> AsyncIterator[None]:
        """Have a turn, waiting for it where it has to be; raises PasswordsBusy."""
        await self._wait(turn, has_left)
        try:
            began = self._timer()
            yield
            self._learn(self._timer() - began)
        finally:
            self._pass_on()

    async def _wait(self, turn: Turn, has_left: HasLeft) -> None:
        network = None if turn.network is None else site_of(turn.network)
        if has_left():
            raise PasswordsBusy
        if self._free:
            self._free -= 1
            self._recent.count(network)
            return
        line = self._known if turn.is_known else self._strangers
        waiter = Waiter(network=network, has_left=has_left)
        line.add(waiter)
        self._shorten(line)
        try:
            has_turn = await waiter.called
        except CancelledError:
            line.remove(waiter)
            if not waiter.called.cancelled() and waiter.called.result():
                self._pass_on()
            raise
        if not has_turn:
            raise PasswordsBusy(retry_after_seconds=waiter.retry_after_seconds)

    def _shorten(self, line: Line) -> None:
        for given_up in line.shorten(self._room_in(line)):
            given_up.send_away(self._seconds_of_all())

    def _pass_on(self) -> None:
        """A turn is over: the next who is still there has one."""
        while (waiter := self._next()) is not None:
            if not waiter.is_gone():
                self._recent.count(waiter.network)
                waiter.called.set_result(True)
                return
            waiter.send_away(self._seconds_of_all())
        self._free += 1

    def _next(self) -> Waiter | None:
        owes_strangers = self._known_in_a_row >= KNOWN_IN_A_ROW
        known = None if owes_strangers and len(self._strangers) else self._known.next()
        self._known_in_a_row = 0 if known is None else self._known_in_a_row + 1
        return known or self._strangers.next()

    def _room_in(self, line: Line) -> int:
        """How many may wait there, so that nobody waits who would surely wait too long."""
        room = self._at_once * WAITING_PER_THREAD
        if not self._turn_seconds:
            return room
        turns = int(LONGEST_WAIT_SECONDS * self._at_once / self._turn_seconds)
        if line is self._strangers:
            owed = -(-turns // (KNOWN_IN_A_ROW + 1))
            turns = max(owed, turns - len(self._known))
        return min(room, max(self._at_once, turns))

    def _seconds_of_all(self) -> float:
        """When all who wait now will have had their turns; before that it is no use to come."""
        waiting = len(self._known) + len(self._strangers)
        return waiting * self._turn_seconds / self._at_once

    def _learn(self, seconds: float) -> None:
        before = self._turn_seconds or seconds
        self._turn_seconds = before + (seconds - before) * SHARE_OF_THE_NEWEST
