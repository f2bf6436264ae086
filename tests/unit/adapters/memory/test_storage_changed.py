"""What was remembered of the storage is forgotten when another process changes it."""

from datetime import UTC, datetime
from uuid import UUID

from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.store import InMemoryStore
from adapters.memory.events import InProcessEvents
from adapters.memory.remembering.emporia_links import RememberingEmporiaLinkRepository
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink
from domain.operations.events import StorageChanged

ADA = UserId(UUID(int=1))
HOME = AccountId(42)


async def test_links_are_looked_up_anew_after_a_change_from_outside() -> None:
    store, events = InMemoryStore(), InProcessEvents()
    links = RememberingEmporiaLinkRepository(InMemoryEmporiaLinkRepository(store), events=events)
    store.links[ADA] = EmporiaLink(
        user_id=ADA,
        account=HOME,
        subject="subject",
        emporia_username="home@example.com",
        linked_at=datetime(2026, 3, 1, tzinfo=UTC),
        signed_in_at=datetime(2026, 3, 1, tzinfo=UTC),
        tokens=None,
    )
    assert await links.of_user(ADA)
    assert await links.of_account(HOME)
    store.links.clear()
    assert await links.of_user(ADA)

    await events.publish(StorageChanged())

    assert await links.of_user(ADA) is None
    assert await links.of_account(HOME) == []
