"""The costs that streams tell: worked out once a minute for all who watch, never for a frame."""

import asyncio
import contextvars
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from application.ending import is_told_to_end
from application.live.feed.schedule import place_of
from application.ports.billing.cost_board import CostBoard, HomeCosts
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.users import UserId
from domain.billing.events import PricesChanged
from domain.emporia.links import AccountId

logger = logging.getLogger(__name__)

Read = Callable[[UserId, AccountId], Awaitable[HomeCosts | None]]
"""Works out what an account's homes cost this user, as ReadCostsNow does."""

MINUTE_SECONDS = 60
AFTER_THE_MINUTE_SECONDS = 0.3
"""Prices change on whole minutes; frames leave on whole seconds, and go first."""

SPREAD_SECONDS = 5.0
"""Within which all accounts have their turn."""

UNASKED_SECONDS = 30.0
"""How long nobody has asked when the costs are no longer worked out."""

BELIEVED_SECONDS = 300.0
"""How long costs are told that can't be worked out anew."""


@dataclass(slots=True, eq=False)
class _Shown:
    """What is shown to one user of one account, and since when, in monotonic seconds."""

    asked_at: float
    told: HomeCosts | None = None
    told_at: float = 0.0
    is_failing: bool = False
    is_due: asyncio.Event = field(default_factory=asyncio.Event)


class LiveCosts(CostBoard):
    """Renews them every minute, and at once when prices change."""

    def __init__(self, *, read: Read, clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self._shown: dict[tuple[UserId, AccountId], _Shown] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self, events: Events) -> None:
        """Hear when prices change."""
        events.subscribe(PricesChanged, self._renew, anywhere=True)

    @property
    def count(self) -> int:
        """For how many they are worked out."""
        return len(self._shown)

    def told(self, user_id: UserId, account: AccountId) -> HomeCosts | None:
        key = (user_id, account)
        now = self._clock.monotonic()
        shown = self._shown.get(key)
        if shown is None:
            shown = self._shown[key] = _Shown(asked_at=now)
            # The costs are the user's: what is said of them is not about who came first.
            task = asyncio.create_task(
                self._keep_renewing(key, shown),
                name=f"costs of account {account}",
                context=contextvars.Context(),
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        shown.asked_at = now
        return shown.told

    async def close(self) -> None:
        """Work out nothing more."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _renew(self, event: PricesChanged) -> None:
        for (user_id, _), shown in self._shown.items():
            if user_id == event.user_id:
                shown.is_due.set()

    async def _keep_renewing(self, key: tuple[UserId, AccountId], shown: _Shown) -> None:
        user_id, account = key
        while self._clock.monotonic() - shown.asked_at < UNASKED_SECONDS:
            shown.is_due.clear()
            await self._work_out(user_id, account, shown)
            await self._wait(shown, self._pause_seconds(account))
        del self._shown[key]

    async def _work_out(self, user_id: UserId, account: AccountId, shown: _Shown) -> None:
        try:
            told = await self._read(user_id, account)
        except Exception:
            if is_told_to_end():
                raise
            # Frames go on without: what is at hand is worth less than the stream.
            if not shown.is_failing:
                logger.exception("costs of account %d can't be worked out", account)
            shown.is_failing = True
            if self._clock.monotonic() - shown.told_at >= BELIEVED_SECONDS:
                shown.told = None
            return
        shown.is_failing = False
        shown.told, shown.told_at = told, self._clock.monotonic()

    def _pause_seconds(self, account: AccountId) -> float:
        """Until the account's place after the next whole minute."""
        now = self._clock.now().timestamp()
        minute = (math.floor(now / MINUTE_SECONDS) + 1) * MINUTE_SECONDS
        return minute - now + AFTER_THE_MINUTE_SECONDS + place_of(account) * SPREAD_SECONDS

    async def _wait(self, shown: _Shown, seconds: float) -> None:
        """Until then, or until prices change."""
        minute = asyncio.create_task(self._clock.sleep(seconds))
        change = asyncio.create_task(shown.is_due.wait())
        try:
            await asyncio.wait((minute, change), return_when=asyncio.FIRST_COMPLETED)
        finally:
            minute.cancel()
            change.cancel()
