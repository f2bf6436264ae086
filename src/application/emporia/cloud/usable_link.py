"""The link that a user's question goes through."""

from application.accounts.access import Caller
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.emporia.links import EmporiaLink
from domain.errors import LinkDead, NotLinked


async def usable_link(links: EmporiaLinkRepository, caller: Caller) -> EmporiaLink:
    """The caller's link; raises NotLinked without one and LinkDead when it has to be renewed."""
    link = await links.of_user(caller.user.id)
    if link is None:
        raise NotLinked
    if link.is_dead:
        raise LinkDead
    return link
