"""What any user's link to an account can answer."""

from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.emporia.links import AccountId, EmporiaLink
from domain.errors import LinkDead, NotLinked

Answer = TypeVar("Answer")


async def through_any_link(
    links: EmporiaLinkRepository,
    account: AccountId,
    ask: Callable[[EmporiaLink], Awaitable[Answer]],
) -> Answer:
    """Ask through the oldest link that lives; raises LinkDead when none is left."""
    tried: list[EmporiaLink] = []
    while True:
        link = await _live_link(links, account, tried)
        try:
            return await ask(link)
        except (LinkDead, NotLinked):
            tried.append(link)


async def _live_link(
    links: EmporiaLinkRepository, account: AccountId, tried: Collection[EmporiaLink]
) -> EmporiaLink:
    """The oldest link worth trying, looked up anew: links come and go while one is tried."""
    for link in await links.of_account(account):
        if not link.is_dead and link not in tried:
            return link
    raise LinkDead
