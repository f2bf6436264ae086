"""Users whose leaving is told to whoever remembers their link."""

from adapters.memory.emporia_links import RememberingEmporiaLinkRepository
from application.ports.users import UserRepository
from domain.accounts.users import EmailAddress, User, UserId


class LinkForgettingUserRepository(UserRepository):
    """The users kept elsewhere; removing one erases the link that is remembered, too."""

    def __init__(self, kept: UserRepository, *, links: RememberingEmporiaLinkRepository) -> None:
        self._kept = kept
        self._links = links

    async def add(self, user: User) -> None:
        await self._kept.add(user)

    async def with_id(self, user_id: UserId) -> User | None:
        return await self._kept.with_id(user_id)

    async def with_email(self, email: EmailAddress) -> User | None:
        return await self._kept.with_email(email)

    async def replace_password_hash(self, user_id: UserId, password_hash: str) -> None:
        await self._kept.replace_password_hash(user_id, password_hash)

    async def remove(self, user_id: UserId) -> None:
        try:
            await self._kept.remove(user_id)
        finally:
            self._links.forget(user_id)
