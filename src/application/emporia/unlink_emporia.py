"""Letting go of a linked Emporia account."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.emporia.events import LinkRemoved


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkEmporia:
    """Erases the sealed tokens and lets it be known, which ends the user's streams."""

    links: EmporiaLinkRepository
    events: Events

    async def __call__(self, caller: Caller) -> None:
        """Does nothing more when no account is linked."""
        await self.links.remove(caller.user.id)
        await self.events.publish(LinkRemoved(user_id=caller.user.id))
