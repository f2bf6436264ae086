"""What every ApiKeys keeps its word about, and what the file must not tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from domain.accounts.errors import TooManyKeys
from domain.accounts.keys import ApiKey, KeyId, KeyLimits, KeyScope, KeySecret
from domain.accounts.users import Login, User
from domain.errors import AccessTokenInvalid

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = KeySecret.of(2**200 + 7)
ANOTHER = KeySecret.of(2**200 + 8)
LOGIN = Login("mine", NOON)
FAR_AWAY = datetime(2200, 1, 1, tzinfo=UTC)
LIMITS = KeyLimits(devices=frozenset({3}), channels=frozenset({(1, "1"), (1, "1,2,3")}))


@pytest.fixture
def key(ada: User) -> ApiKey:
    return ApiKey(
        id=KeyId(UUID(int=1)),
        user_id=ada.id,
        name="kitchen display",
        prefix=SECRET.prefix,
        scopes=frozenset({KeyScope.READ, KeyScope.STREAM}),
        limits=LIMITS,
        created_at=NOON,
        expires_at=NOON + timedelta(days=1),
    )


async def test_a_key_is_found_by_the_hash_of_its_secret_and_by_its_id(storage, ada, key) -> None:
    await storage.users.add(ada)
    assert await storage.api_keys.with_hash(SECRET.hash) is None
    await storage.api_keys.add(key, SECRET.hash, by=LOGIN, most_of_user=2)
    assert await storage.api_keys.with_hash(SECRET.hash) == key
    assert await storage.api_keys.with_id(key.id) == key
    assert await storage.api_keys.with_hash(ANOTHER.hash) is None


async def test_a_key_may_have_no_limits_and_no_end(storage, ada, key) -> None:
    await storage.users.add(ada)
    free = replace(key, limits=None, expires_at=None)
    await storage.api_keys.add(free, SECRET.hash, by=LOGIN, most_of_user=2)
    assert await storage.api_keys.with_id(key.id) == free


async def test_a_user_has_so_many_and_no_more(storage, ada, bob, key) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    later = replace(key, id=KeyId(UUID(int=2)), created_at=NOON + timedelta(hours=1))
    await storage.api_keys.add(key, SECRET.hash, by=LOGIN, most_of_user=2)
    await storage.api_keys.add(later, ANOTHER.hash, by=LOGIN, most_of_user=2)
    third = KeySecret.of(9)
    with pytest.raises(TooManyKeys):
        await storage.api_keys.add(
            replace(key, id=KeyId(UUID(int=3))), third.hash, by=LOGIN, most_of_user=2
        )
    bobs = replace(key, id=KeyId(UUID(int=4)), user_id=bob.id)
    await storage.api_keys.add(bobs, third.hash, by=LOGIN, most_of_user=2)
    assert await storage.api_keys.of_user(ada.id) == [later, key]


async def test_a_removed_key_is_found_by_nothing(storage, ada, bob, key) -> None:
    await storage.users.add(ada)
    await storage.api_keys.add(key, SECRET.hash, by=LOGIN, most_of_user=2)
    assert await storage.api_keys.with_hash(SECRET.hash)
    assert not await storage.api_keys.remove(bob.id, key.id)
    assert await storage.api_keys.remove(ada.id, key.id)
    assert not await storage.api_keys.remove(ada.id, key.id)
    assert await storage.api_keys.with_hash(SECRET.hash) is None
    assert await storage.api_keys.with_id(key.id) is None


async def test_keys_go_with_their_user(storage, ada, key) -> None:
    await storage.users.add(ada)
    await storage.api_keys.add(key, SECRET.hash, by=LOGIN, most_of_user=2)
    assert await storage.api_keys.with_hash(SECRET.hash)
    await storage.users.remove(ada.id)
    assert await storage.api_keys.with_hash(SECRET.hash) is None


async def test_nothing_is_kept_for_somebody_who_left(storage, ada, key) -> None:
    with pytest.raises(AccessTokenInvalid):
        await storage.api_keys.add(key, SECRET.hash, by=LOGIN, most_of_user=2)
    assert await storage.api_keys.of_user(ada.id) == []


async def test_a_use_is_due_once_a_minute_and_kept(storage, ada, key) -> None:
    await storage.users.add(ada)
    await storage.api_keys.add(key, SECRET.hash, by=LOGIN, most_of_user=2)
    assert storage.api_keys.is_due(key.id, at=NOON)
    assert not storage.api_keys.is_due(key.id, at=NOON)
    await storage.api_keys.note_use(key.id, at=NOON)
    await storage.api_keys.note_use(KeyId(UUID(int=9)), at=NOON)
    (kept,) = await storage.api_keys.of_user(ada.id)
    assert kept == replace(key, last_used_at=NOON)


def holds(folder: Path, secret: bytes) -> bool:
    return any(secret in file.read_bytes() for file in folder.glob("*"))


async def test_the_file_does_not_tell_the_secret(storage, ada, key, database: Path) -> None:
    await storage.users.add(ada)
    await storage.api_keys.add(key, SECRET.hash, by=LOGIN, most_of_user=2)
    assert not holds(database.parent, SECRET.value.encode())


async def test_a_login_that_is_over_makes_no_key(storage, ada, key) -> None:
    await storage.users.add(ada)
    await storage.users.end_logins(
        ada.id, before=NOON + timedelta(hours=1), spared=Login("spared", NOON)
    )
    await storage.ended_logins.add("left", user_id=ada.id, until=FAR_AWAY)
    for ended in (LOGIN, Login("left", NOON + timedelta(hours=2))):
        with pytest.raises(AccessTokenInvalid):
            await storage.api_keys.add(key, SECRET.hash, by=ended, most_of_user=2)
    assert await storage.api_keys.of_user(ada.id) == []
    await storage.api_keys.add(key, SECRET.hash, by=Login("spared", NOON), most_of_user=2)
