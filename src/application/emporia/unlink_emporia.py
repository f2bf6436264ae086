"""Letting go of a linked Emporia account."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.live.stream_usage import StreamUsage
from application.ports.emporia_links import EmporiaLinkRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkEmporia:
    """Erases the sealed tokens and ends the user's streams."""

    links: EmporiaLinkRepository
    stream_usage: StreamUsage

    async def __call__(self, caller: Caller) -> None:
        """Does nothing more when no account is linked."""
        await self.links.remove(caller.user.id)
        await self.stream_usage.follow_link(caller.user.id)
