"""Who am I."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.accounts.users import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An account and the name of the Emporia account linked to it, None without one."""

    user: User
    emporia_username: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProfile:
    """Tells a caller what is kept about them."""

    links: EmporiaLinkRepository

    async def __call__(self, caller: Caller) -> Profile:
        """The caller's profile."""
        link = await self.links.of_user(caller.user.id)
        return Profile(user=caller.user, emporia_username=link.emporia_username if link else None)
