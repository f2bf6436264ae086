"""What is remembered of links is never older than the last change."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.fake.accounts.users import InMemoryUserRepository
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.store import InMemoryStore
from adapters.memory.events import InProcessEvents
from adapters.memory.remembering.emporia_links import RememberingEmporiaLinkRepository
from domain.accounts.events import UserRemoved
from domain.accounts.users import EmailAddress, User, UserId
from domain.emporia.links import AccountId, EmporiaLink

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = UserId(UUID(int=1))
HOME = AccountId(42)
LINK = EmporiaLink(
    user_id=ADA,
    account=HOME,
    subject="ada",
    emporia_username="ada@emporia.example",
    linked_at=NOON,
    signed_in_at=NOON,
    tokens=None,
)


class CountingLinks(InMemoryEmporiaLinkRepository):
    """Counts the reads of accounts, and holds them up until told."""

    def __init__(self, store: InMemoryStore) -> None:
        super().__init__(store)
        self.reads = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        self.reads += 1
        links = await super().of_account(account)
        await self.may_answer.wait()
        return links


@pytest.fixture
async def kept() -> CountingLinks:
    store = InMemoryStore()
    ada = User(
        id=ADA,
        email=EmailAddress("ada@example.com"),
        password_hash="",
        created_at=NOON,
        updated_at=NOON,
    )
    await InMemoryUserRepository(store).add(ada)
    return CountingLinks(store)


async def test_links_are_looked_up_once_until_they_change(kept: CountingLinks) -> None:
    links = RememberingEmporiaLinkRepository(kept, events=InProcessEvents())
    await links.save(LINK)
    for _ in range(3):
        assert await links.of_account(HOME) == [LINK]
    assert kept.reads == 1
    moved = replace(LINK, account=AccountId(77))
    await links.save(moved)
    assert (list(await links.of_account(HOME)), kept.reads) == ([], 2)
    assert await links.of_account(AccountId(77)) == [moved]


async def test_a_read_that_a_change_overtook_is_not_remembered(kept: CountingLinks) -> None:
    links = RememberingEmporiaLinkRepository(kept, events=InProcessEvents())
    kept.may_answer.clear()
    overtaken = asyncio.create_task(links.of_account(HOME))
    for _ in range(2):
        await asyncio.sleep(0)
    await links.save(LINK)
    kept.may_answer.set()
    assert list(await overtaken) == []
    assert await links.of_account(HOME) == [LINK]


async def test_memory_is_bounded(kept: CountingLinks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.memory.remembering.remembered.MOST_REMEMBERED", 2)
    links = RememberingEmporiaLinkRepository(kept, events=InProcessEvents())
    for account in (1, 2, 3, 1):
        await links.of_account(AccountId(account))
    assert kept.reads == 4


async def test_the_link_of_a_user_who_leaves_is_forgotten(kept: CountingLinks) -> None:
    events = InProcessEvents()
    links = RememberingEmporiaLinkRepository(kept, events=events)
    await links.save(LINK)
    assert await links.of_user(ADA) == LINK
    await kept.remove(ADA)
    await events.publish(UserRemoved(user_id=ADA))
    assert await links.of_user(ADA) is None


async def test_whose_account_it_is_is_known_after_unlinking_for_as_long_as_the_process_lives(
    kept: CountingLinks,
) -> None:
    await kept.save(LINK)
    links = RememberingEmporiaLinkRepository(kept, events=InProcessEvents())
    assert await links.account_of("ada") == HOME
    await links.remove(ADA)
    assert (await kept.account_of("ada"), await links.account_of("ada")) == (None, HOME)
    await links.save(replace(LINK, subject="another"))
    await links.remove(ADA)
    assert await links.account_of("another") == HOME
    restarted = RememberingEmporiaLinkRepository(kept, events=InProcessEvents())
    assert await restarted.account_of("ada") is None
