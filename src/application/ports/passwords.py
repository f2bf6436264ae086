"""Password hashes."""

from typing import Protocol

from domain.accounts.users import PlainPassword


class PasswordHasher(Protocol):
    """Hashes and checks passwords off the event loop, a bounded number at once."""

    async def hash(self, password: PlainPassword) -> str:
        """A hash to keep, salt and parameters in it."""
        ...

    async def verify(self, password: PlainPassword, password_hash: str | None) -> bool:
        """Whether the password made this hash.

        None, for an account that does not exist, takes as long as any other and is False.
        """
        ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        ...
