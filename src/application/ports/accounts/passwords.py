"""Password hashes."""

from collections.abc import Callable
from typing import Protocol

from domain.accounts.callers.turns import STRANGER, Turn
from domain.accounts.users import PlainPassword

HasLeft = Callable[[], bool]
"""Whether the caller has gone, so that nobody would read the answer."""


def never_leaves() -> bool:
    """The caller who waits for as long as it takes."""
    return False


class PasswordHasher(Protocol):
    """Hashes and checks passwords off the event loop, a bounded number at once.

    The others wait their turn, a bounded number too. Strangers are in nobody's way who is known,
    but for a turn now and then. Of either kind, those go first whose network has had the fewest
    turns lately; where there is no room for all, those are sent away whose network asks for most.
    `hash` and `verify` raise PasswordsBusy for them, for who would surely wait too long, and for a
    caller who has left when the turn comes.
    """

    @property
    def present(self) -> int:
        """How many passwords are in work or wait."""
        ...

    async def hash(
        self, password: PlainPassword, *, turn: Turn = STRANGER, has_left: HasLeft = never_leaves
    ) -> str:
        """A hash to keep, salt and parameters in it."""
        ...

    async def verify(
        self,
        password: PlainPassword,
        password_hash: str | None,
        *,
        turn: Turn = STRANGER,
        has_left: HasLeft = never_leaves,
    ) -> bool:
        """Whether the password made this hash.

        None, for an account that does not exist, takes as long as any other and is False.
        """
        ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        ...
