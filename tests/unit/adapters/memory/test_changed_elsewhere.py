"""What was remembered is forgotten when another node says that it has changed."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.fake.accounts.api_keys import InMemoryApiKeys
from adapters.fake.accounts.ended_logins import InMemoryEndedLogins
from adapters.fake.accounts.users import InMemoryUserRepository
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.store import InMemoryStore
from adapters.memory.events import InProcessEvents
from adapters.memory.remembering.api_keys import RememberingApiKeys
from adapters.memory.remembering.emporia_links import RememberingEmporiaLinkRepository
from adapters.memory.remembering.ended_logins import RememberingEndedLogins
from adapters.memory.remembering.users import RememberingUserRepository
from domain.accounts.events import (
    KeyMade,
    KeyRevoked,
    LoginEnded,
    OtherLoginsEnded,
    PasswordChanged,
    PasswordWasReset,
    UserRemoved,
)
from domain.accounts.keys import KeyId
from domain.accounts.users import UserId
from domain.emporia.events import (
    EmporiaPasswordForgotten,
    LinkDied,
    LinkMade,
    LinkRemoved,
    LinkRenewed,
)
from domain.emporia.links import AccountId
from domain.events import Event

ADA = UserId(UUID(int=1))
KEY = KeyId(UUID(int=2))
HOME = AccountId(42)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

LookUp = Callable[[], Awaitable[object]]


def counted(kept: object, name: str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The look-ups of this name that reach the storage."""
    asked: list[object] = []
    look_up = getattr(type(kept), name)

    async def counting(self: object, key: object) -> object:
        asked.append(key)
        return await look_up(self, key)

    monkeypatch.setattr(type(kept), name, counting)
    return asked


async def asked_after(
    event: Event, events: InProcessEvents, look_up: LookUp, asked: list[object]
) -> tuple[int, int]:
    """How often the storage was asked before another node said this, and in all."""
    await look_up()
    await look_up()
    before = len(asked)
    await events.pass_on(event)
    await look_up()
    return before, len(asked)


@pytest.mark.parametrize(
    "event",
    [
        UserRemoved(user_id=ADA),
        OtherLoginsEnded(user_id=ADA, kept_login_id="one", ended=2),
        PasswordChanged(user_id=ADA),
        PasswordWasReset(user_id=ADA),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_a_user_who_was_changed_elsewhere_is_looked_up_anew(event, monkeypatch) -> None:
    kept, events = InMemoryUserRepository(InMemoryStore()), InProcessEvents()
    asked = counted(kept, "with_id", monkeypatch)
    users = RememberingUserRepository(kept, events=events)
    assert await asked_after(event, events, lambda: users.with_id(ADA), asked) == (1, 2)


async def test_a_login_that_ended_elsewhere_is_looked_up_anew(monkeypatch) -> None:
    kept, events = InMemoryEndedLogins(InMemoryStore()), InProcessEvents()
    asked = counted(kept, "contains", monkeypatch)
    logins = RememberingEndedLogins(kept, events=events)
    ended = LoginEnded(user_id=ADA, login_id="one")
    assert await asked_after(ended, events, lambda: logins.contains("one"), asked) == (1, 2)


@pytest.mark.parametrize(
    "event",
    [KeyMade(user_id=ADA, key_id=KEY, name=""), KeyRevoked(user_id=ADA, key_id=KEY)],
    ids=lambda event: type(event).__name__,
)
async def test_keys_that_changed_elsewhere_are_looked_up_anew(event, monkeypatch) -> None:
    kept, events = InMemoryApiKeys(InMemoryStore()), InProcessEvents()
    asked = counted(kept, "with_hash", monkeypatch)
    keys = RememberingApiKeys(kept, events=events)
    assert await asked_after(event, events, lambda: keys.with_hash(b"hash"), asked) == (1, 2)


@pytest.mark.parametrize(
    "event",
    [
        LinkMade(user_id=ADA, account=HOME),
        LinkRemoved(user_id=ADA, account=HOME),
        LinkDied(user_id=ADA, account=HOME),
        LinkRenewed(user_id=ADA, account=HOME),
        EmporiaPasswordForgotten(user_id=ADA, account=HOME),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_links_that_changed_elsewhere_are_looked_up_anew(event, monkeypatch) -> None:
    kept, events = InMemoryEmporiaLinkRepository(InMemoryStore()), InProcessEvents()
    of_user = counted(kept, "of_user", monkeypatch)
    of_account = counted(kept, "of_account", monkeypatch)
    links = RememberingEmporiaLinkRepository(kept, events=events)
    assert await asked_after(event, events, lambda: links.of_user(ADA), of_user) == (1, 2)
    assert await asked_after(event, events, lambda: links.of_account(HOME), of_account) == (1, 2)
