"""Letting go of a linked Emporia account."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.emporia.events import LinkRemoved


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkEmporia:
    """Erases the sealed tokens and a kept password, and lets it be known.

    That ends the user's streams.
    """

    links: EmporiaLinkRepository
    events: Events

    async def __call__(self, caller: Caller) -> None:
        """Does nothing more when no account is linked."""
        link = await self.links.of_user(caller.user.id)
        if link is None:
            return
        await self.links.remove(caller.user.id)
        await self.events.publish(
            LinkRemoved(user_id=caller.user.id, account=link.account, by=caller.actor)
        )
