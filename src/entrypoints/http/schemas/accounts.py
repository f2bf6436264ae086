"""What travels over HTTP about sessions and keys."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct

from domain.accounts.sessions import Session
from domain.instants import format_instant
from entrypoints.http.schemas.contract import Filled, Instant


class PasswordChange(Struct, rename="camel"):
    """The old password and the new one."""

    password: Annotated[Filled, Meta(examples=["correct horse battery staple"])]
    new_password: Annotated[Filled, Meta(examples=["incorrect zebra battery staple"])]


class KnownSession(Struct, rename="camel"):
    """A login that is going on. `address_prefix` is roughly where it was begun, "" if unknown."""

    id: str
    name: str
    address_prefix: str
    created_at: Instant
    last_used_at: Instant
    current: bool


class SessionList(Struct):
    """The answer to somebody who asks where they are signed in."""

    sessions: list[KnownSession]

    @classmethod
    def of(cls, sessions: Iterable[Session], *, current: str) -> "SessionList":
        """Show sessions; the one of the login `current` is marked."""
        return cls(
            [
                KnownSession(
                    id=session.login_id,
                    name=session.name,
                    address_prefix=session.address_prefix,
                    created_at=format_instant(session.begun_at),
                    last_used_at=format_instant(session.last_used_at),
                    current=session.login_id == current,
                )
                for session in sessions
            ]
        )
