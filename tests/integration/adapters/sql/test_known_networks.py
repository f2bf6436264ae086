"""What every KnownNetworks keeps its word about, and what the file must not tell."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.known_networks import KEPT_FOR, MOST_OF_A_USER, SqlKnownNetworks
from adapters.sql.tables import known_networks
from adapters.sql.users import SqlUserRepository
from domain.accounts.callers.networks import Network
from domain.accounts.users import EmailAddress, User

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOME, AFAR = Network("192.0.2.77"), Network("2001:db8:7:7::/64")


async def test_a_network_is_known_to_its_user_alone(storage, ada: User, bob: User) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)

    await storage.known_networks.remember(ada, HOME, at=NOON)

    assert await storage.known_networks.contains(ada.email, HOME, tenant_id=None, since=NOON)
    assert not await storage.known_networks.contains(ada.email, AFAR, tenant_id=None, since=NOON)
    assert not await storage.known_networks.contains(bob.email, HOME, tenant_id=None, since=NOON)


async def test_the_email_is_the_same_in_whatever_case(storage, ada: User) -> None:
    await storage.users.add(ada)
    await storage.known_networks.remember(ada, HOME, at=NOON)

    shouted = EmailAddress(ada.email.value.upper())

    assert await storage.known_networks.contains(shouted, HOME, tenant_id=None, since=NOON)


async def test_the_latest_sign_in_counts(storage, ada: User) -> None:
    await storage.users.add(ada)
    await storage.known_networks.remember(ada, HOME, at=NOON)
    later = NOON + timedelta(days=1)
    assert not await storage.known_networks.contains(ada.email, HOME, tenant_id=None, since=later)

    await storage.known_networks.remember(ada, HOME, at=later)

    assert await storage.known_networks.contains(ada.email, HOME, tenant_id=None, since=later)


async def test_networks_go_with_their_user(storage, ada: User) -> None:
    await storage.users.add(ada)
    await storage.known_networks.remember(ada, HOME, at=NOON)

    await storage.users.remove(ada.id)
    assert not await storage.known_networks.contains(ada.email, HOME, tenant_id=None, since=NOON)

    await storage.users.add(ada)
    assert not await storage.known_networks.contains(ada.email, HOME, tenant_id=None, since=NOON)


async def test_nothing_is_remembered_for_somebody_who_left(storage, ada: User) -> None:
    await storage.known_networks.remember(ada, HOME, at=NOON)

    assert not await storage.known_networks.contains(ada.email, HOME, tenant_id=None, since=NOON)


@pytest.fixture
async def networks(engine: AsyncEngine, ada: User) -> SqlKnownNetworks:
    """Networks in a file whose one user is Ada."""
    await SqlUserRepository(engine).add(ada)
    return SqlKnownNetworks(engine, key=b"k" * 32)


async def rows(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(known_networks)) or 0


async def test_what_is_too_old_is_dropped_when_another_comes(networks, engine, ada) -> None:
    await networks.remember(ada, HOME, at=NOON)

    await networks.remember(ada, AFAR, at=NOON + KEPT_FOR)

    assert await rows(engine) == 1


async def test_only_a_users_latest_networks_are_kept(networks, engine, ada) -> None:
    for number in range(MOST_OF_A_USER + 3):
        at = NOON + timedelta(minutes=number)
        await networks.remember(ada, Network(f"192.0.2.{number}"), at=at)

    assert await rows(engine) == MOST_OF_A_USER
    assert not await networks.contains(ada.email, Network("192.0.2.2"), tenant_id=None, since=NOON)
    assert await networks.contains(ada.email, Network("192.0.2.3"), tenant_id=None, since=NOON)


async def test_the_file_tells_no_network(networks, ada, database: Path) -> None:
    await networks.remember(ada, HOME, at=NOON)

    written = b"".join(file.read_bytes() for file in database.parent.iterdir())

    assert HOME.encode() not in written


async def test_another_key_knows_nothing(networks, engine, ada) -> None:
    await networks.remember(ada, HOME, at=NOON)

    other = SqlKnownNetworks(engine, key=b"another key".ljust(32))

    assert not await other.contains(ada.email, HOME, tenant_id=None, since=NOON)
