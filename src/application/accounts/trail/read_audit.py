"""What happened to all accounts, for the operator."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.ports.accounts.trail import Trail
from application.ports.clock import Clock
from domain.accounts.trail import TrailLine, kept_since


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAudit:
    """For the operator alone: everybody's trail in one, and the accounts that were deleted."""

    trail: Trail
    clock: Clock
    days: int

    async def __call__(self, *, most: int) -> Sequence[TrailLine]:
        """The newest lines, the newest first."""
        return await self.trail.newest(
            since=kept_since(self.clock.now(), days=self.days), most=most
        )
