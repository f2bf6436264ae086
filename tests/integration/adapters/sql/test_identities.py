"""What every Identities keeps its word about."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.accounts.identities import JoinedIdentity

ISSUER = "https://id.example.com"
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)


@pytest.fixture
def adas(ada) -> JoinedIdentity:
    return JoinedIdentity(user_id=ada.id, issuer=ISSUER, subject="ada", joined_at=NOON)


async def test_an_identity_is_kept_as_it_is(storage, ada, adas) -> None:
    await storage.users.add(ada)
    assert await storage.identities.add(adas)
    assert await storage.identities.of_user(ada.id, issuer=ISSUER) == adas
    assert await storage.identities.owner_of(issuer=ISSUER, subject="ada") == ada.id


@pytest.mark.parametrize(
    ("issuer", "subject"), [(ISSUER, "Ada"), (f"{ISSUER}/", "ada"), ("https://other", "ada")]
)
async def test_another_letter_is_somebody_else(storage, ada, adas, issuer, subject) -> None:
    await storage.users.add(ada)
    await storage.identities.add(adas)
    assert await storage.identities.owner_of(issuer=issuer, subject=subject) is None
    if issuer != ISSUER:
        assert await storage.identities.of_user(ada.id, issuer=issuer) is None


async def test_an_identity_has_one_user_and_a_user_one_of_an_issuer(
    storage, ada, bob, adas
) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    assert await storage.identities.add(adas)
    assert not await storage.identities.add(replace(adas, user_id=bob.id))
    assert not await storage.identities.add(replace(adas, subject="another"))
    assert await storage.identities.add(replace(adas, issuer="https://other"))


async def test_nothing_is_kept_for_somebody_who_left(storage, adas) -> None:
    assert not await storage.identities.add(adas)


async def test_it_is_removed_once(storage, ada, adas) -> None:
    await storage.users.add(ada)
    await storage.identities.add(adas)
    assert await storage.identities.remove(ada.id, issuer=ISSUER)
    assert not await storage.identities.remove(ada.id, issuer=ISSUER)
    assert await storage.identities.owner_of(issuer=ISSUER, subject="ada") is None


async def test_it_goes_with_its_user(storage, ada, adas) -> None:
    await storage.users.add(ada)
    await storage.identities.add(adas)
    await storage.users.remove(ada.id)
    assert await storage.identities.owner_of(issuer=ISSUER, subject="ada") is None
