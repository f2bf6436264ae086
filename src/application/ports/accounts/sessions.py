"""Where sessions are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.accounts.sessions import Session
from domain.accounts.users import UserId


class Sessions(Protocol):
    """Knows the logins that are going on. That one is over is known to `EndedLogins` and users."""

    async def add(self, session: Session) -> None:
        """Keep a new session; does nothing when its user is gone.

        Few hundred sessions a user are kept, those that were used last, and none past its end.
        """
        ...

    def is_due(self, login_id: str, *, at: datetime) -> bool:
        """Whether a use at that time (UTC) is worth noting. Who hears so notes it.

        Nobody else hears so for a minute. Does not block.
        """
        ...

    async def note_use(self, session: Session) -> None:
        """Keep when it was used last, and the whole session where it is not kept.

        Does nothing for a login that was ended, or whose user is gone.
        """
        ...

    async def note_password(self, login_id: str, *, at: datetime) -> None:
        """Keep when the password was given last (UTC); nothing where no such session is kept."""
        ...

    async def with_id(self, login_id: str) -> Session | None:
        """The session, None where none is kept."""
        ...

    async def of_user(self, user_id: UserId, *, at: datetime) -> Sequence[Session]:
        """The user's sessions that are going on at that time (UTC), the last used first."""
        ...

    async def forget(self, login_id: str) -> None:
        """Keep this session no longer."""
        ...

    async def forget_others(self, user_id: UserId, *, kept: str) -> int:
        """Keep none of the user's sessions but that of this login; how many there were."""
        ...
