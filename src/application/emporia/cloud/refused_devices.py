"""Devices that Emporia refuses to answer for, so that one does not darken the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from application.ports.clock import Clock
from application.ports.events import Events
from domain.emporia.events import DeviceBack, DeviceLeftOut
from domain.emporia.links import AccountId

FIRST_PAUSE_SECONDS = 600.0
LONGEST_PAUSE_SECONDS = 3600.0
"""A device is asked for again with all the others; being refused again costs one request more."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Until when (monotonic seconds) nobody asks for a device, and how long the next pause is."""

    until_seconds: float
    next_pause_seconds: float


@dataclass(slots=True, kw_only=True, eq=False)
class RefusedDevices:
    """Leaves a refused device out of the next polls, for longer each time it is refused again.

    Emporia answers 401 now and then for one of several devices whose owner asks.
    """

    events: Events
    clock: Clock
    left_out: dict[tuple[AccountId, int], LeftOut] = field(default_factory=dict)

    def without(self, account: AccountId, gids: Iterable[int]) -> list[int]:
        """The gids worth asking for, in order; all of them where none would be left."""
        listed = sorted(gids)
        return [gid for gid in listed if not self._is_left_out(account, gid)] or listed

    async def leave_out(self, account: AccountId, gid: int) -> None:
        """Ask for this one no more for a while, and let that be known."""
        known = self.left_out.get((account, gid))
        pause = known.next_pause_seconds if known else FIRST_PAUSE_SECONDS
        self.left_out[account, gid] = LeftOut(
            self.clock.monotonic() + pause, min(pause * 2, LONGEST_PAUSE_SECONDS)
        )
        if known is None:
            await self.events.publish(DeviceLeftOut(account=account, gid=gid))

    async def note_answer(self, account: AccountId, gids: Iterable[int]) -> None:
        """Emporia has answered for all of these; who was left out before is back."""
        for gid in gids:
            if self.left_out.pop((account, gid), None) is not None:
                await self.events.publish(DeviceBack(account=account, gid=gid))

    def _is_left_out(self, account: AccountId, gid: int) -> bool:
        known = self.left_out.get((account, gid))
        return known is not None and self.clock.monotonic() < known.until_seconds
