"""Every port of the storage in memory, in a SQLite file and in a PostgreSQL database of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.fake.accounts.api_keys import InMemoryApiKeys
from adapters.fake.accounts.ended_logins import InMemoryEndedLogins
from adapters.fake.accounts.identities import InMemoryIdentities
from adapters.fake.accounts.known_networks import InMemoryKnownNetworks
from adapters.fake.accounts.second_factors import InMemorySecondFactors
from adapters.fake.accounts.sessions import InMemorySessions
from adapters.fake.accounts.tenants import InMemoryTenants
from adapters.fake.accounts.trail import InMemoryTrail
from adapters.fake.accounts.users import InMemoryUserRepository
from adapters.fake.billing.currencies import InMemoryCurrencies
from adapters.fake.billing.tariffs import InMemoryTariffs
from adapters.fake.billing.utility_readings import InMemoryUtilityReadings
from adapters.fake.emporia.emporia_links import InMemoryEmporiaLinkRepository
from adapters.fake.emporia.last_answers import InMemoryLastAnswers
from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from adapters.fake.operations.storage_health import InMemoryStorageHealth
from adapters.fake.store import InMemoryStore
from adapters.memory.events import InProcessEvents
from adapters.memory.remembering.api_keys import RememberingApiKeys
from adapters.memory.remembering.emporia_links import RememberingEmporiaLinkRepository
from adapters.memory.remembering.ended_logins import RememberingEndedLogins
from adapters.memory.remembering.users import RememberingUserRepository
from adapters.postgresql.engine import open_engine as open_postgres_engine
from adapters.postgresql.request_ledger import PostgresRequestLedger
from adapters.postgresql.storage_health import PostgresStorageHealth
from adapters.security.sealing import AesGcmSecretBox
from adapters.sql.api_keys import SqlApiKeys
from adapters.sql.billing.currencies import SqlCurrencies
from adapters.sql.billing.tariffs import SqlTariffs
from adapters.sql.billing.utility_readings import SqlUtilityReadings
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.ended_logins import SqlEndedLogins
from adapters.sql.identities import SqlIdentities
from adapters.sql.known_networks import SqlKnownNetworks
from adapters.sql.last_answers import SqlLastAnswers
from adapters.sql.second_factors import SqlSecondFactors
from adapters.sql.sessions import SqlSessions
from adapters.sql.tenants import SqlTenants
from adapters.sql.trail import SqlTrail
from adapters.sql.users import SqlUserRepository
from adapters.sqlite.engine import open_engine
from adapters.sqlite.ledger.request_ledger import SqliteRequestLedger
from adapters.sqlite.migrate import upgrade
from adapters.sqlite.storage_health import SqliteStorageHealth
from adapters.system.clock import SystemClock
from application.ports.accounts.api_keys import ApiKeys
from application.ports.accounts.ended_logins import EndedLogins
from application.ports.accounts.known_networks import KnownNetworks
from application.ports.accounts.openid.identities import Identities
from application.ports.accounts.second_factors import SecondFactors
from application.ports.accounts.sessions import Sessions
from application.ports.accounts.tenants import Tenants
from application.ports.accounts.trail import Trail
from application.ports.accounts.users import UserRepository
from application.ports.billing.currencies import Currencies
from application.ports.billing.tariffs import Tariffs
from application.ports.billing.utility_readings import KeptUtilityReadings
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.last_answers import LastAnswers
from application.ports.emporia.request_ledger import RequestLedger
from application.ports.events import Events
from application.ports.operations.storage_health import StorageHealth
from application.ports.secret_box import SecretBox
from domain.accounts.events import UserRemoved
from domain.accounts.users import EmailAddress, User, UserId
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """One gateway's repositories."""

    users: UserRepository
    tenants: Tenants
    links: EmporiaLinkRepository
    ended_logins: EndedLogins
    sessions: Sessions
    api_keys: ApiKeys
    trail: Trail
    known_networks: KnownNetworks
    second_factors: SecondFactors
    identities: Identities
    last_answers: LastAnswers
    tariffs: Tariffs
    currencies: Currencies
    utility_readings: KeptUtilityReadings
    ledger: RequestLedger
    health: StorageHealth


@asynccontextmanager
async def in_memory(_: Callable[[str], Any]) -> AsyncIterator[Storage]:
    store = InMemoryStore()
    yield Storage(
        tenants=InMemoryTenants(store),
        users=InMemoryUserRepository(store),
        links=InMemoryEmporiaLinkRepository(store),
        ended_logins=InMemoryEndedLogins(store),
        sessions=InMemorySessions(store),
        api_keys=InMemoryApiKeys(store),
        trail=InMemoryTrail(store),
        known_networks=InMemoryKnownNetworks(store),
        second_factors=InMemorySecondFactors(store),
        identities=InMemoryIdentities(store),
        last_answers=InMemoryLastAnswers(store),
        tariffs=InMemoryTariffs(store),
        currencies=InMemoryCurrencies(store),
        utility_readings=InMemoryUtilityReadings(),
        ledger=InMemoryRequestLedger(store),
        health=InMemoryStorageHealth(),
    )


@asynccontextmanager
async def in_sqlite(place: Callable[[str], Any]) -> AsyncIterator[Storage]:
    path: Path = place("database")
    upgrade(path)
    engine = open_engine(path)
    ledger = SqliteRequestLedger(engine, path=path, clock=SystemClock())
    health = SqliteStorageHealth(engine, clock=SystemClock())
    yield in_sql(engine, ledger, health)
    await ledger.close()
    await engine.dispose()


@asynccontextmanager
async def in_postgresql(place: Callable[[str], Any]) -> AsyncIterator[Storage]:
    engine = open_postgres_engine(place("postgres_url"))
    ledger = PostgresRequestLedger(engine, node="a")
    yield in_sql(engine, ledger, PostgresStorageHealth(engine))
    await ledger.close()
    await engine.dispose()


def in_sql(engine: AsyncEngine, ledger: RequestLedger, health: StorageHealth) -> Storage:
    return Storage(
        tenants=SqlTenants(engine),
        users=SqlUserRepository(engine),
        links=SqlEmporiaLinkRepository(engine, secret_box=AesGcmSecretBox([b"k" * 32])),
        ended_logins=SqlEndedLogins(engine, clock=SystemClock()),
        sessions=SqlSessions(engine),
        api_keys=SqlApiKeys(engine),
        trail=SqlTrail(engine),
        known_networks=SqlKnownNetworks(engine, key=b"k" * 32),
        identities=SqlIdentities(engine),
        second_factors=SqlSecondFactors(engine, secret_box=AesGcmSecretBox([b"k" * 32])),
        last_answers=SqlLastAnswers(engine, secret_box=AesGcmSecretBox([b"k" * 32])),
        tariffs=SqlTariffs(engine),
        currencies=SqlCurrencies(engine),
        utility_readings=SqlUtilityReadings(engine),
        ledger=ledger,
        health=health,
    )


@asynccontextmanager
async def remembered(place: Callable[[str], Any]) -> AsyncIterator[Storage]:
    async with in_sqlite(place) as kept:
        events = InProcessEvents()
        links = RememberingEmporiaLinkRepository(kept.links, events=events)
        engine = open_engine(place("database"))
        yield replace(
            kept,
            users=RememberingUserRepository(TellingUserRepository(engine, events), events=events),
            links=links,
            api_keys=RememberingApiKeys(kept.api_keys, events=events),
            ended_logins=RememberingEndedLogins(kept.ended_logins, events=events),
        )
        await engine.dispose()


class TellingUserRepository(SqlUserRepository):
    """Lets it be known who is removed, as the use-case does."""

    def __init__(self, engine: AsyncEngine, events: Events) -> None:
        super().__init__(engine)
        self._events = events

    async def remove(self, user_id: UserId) -> None:
        await super().remove(user_id)
        await self._events.publish(UserRemoved(user_id=user_id))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "gateway" / "gateway.db"


@pytest.fixture(
    params=[in_memory, in_sqlite, in_postgresql, remembered],
    ids=["in memory", "in SQLite", "in PostgreSQL", "remembered"],
)
async def storage(request: pytest.FixtureRequest) -> AsyncIterator[Storage]:
    build: Callable[..., AbstractAsyncContextManager[Storage]] = request.param
    async with build(request.getfixturevalue) as storage:
        yield storage


@pytest.fixture(params=["in SQLite", "in PostgreSQL"])
async def either_engine(request: pytest.FixtureRequest) -> AsyncIterator[AsyncEngine]:
    """An engine on each of the databases, for what their repositories are asked by SQL."""
    if request.param == "in SQLite":
        engine: AsyncEngine = open_engine(request.getfixturevalue("database"))
        upgrade(request.getfixturevalue("database"))
    else:
        engine = open_postgres_engine(request.getfixturevalue("postgres_url"))
    yield engine
    await engine.dispose()


@pytest.fixture
async def engine(database: Path) -> AsyncIterator[AsyncEngine]:
    upgrade(database)
    engine = open_engine(database)
    yield engine
    await engine.dispose()


@pytest.fixture
def secret_box() -> SecretBox:
    return AesGcmSecretBox([b"k" * 32])


@pytest.fixture
def ada() -> User:
    return User(
        id=UserId(UUID("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")),
        email=EmailAddress("Ada@Example.com"),
        password_hash="hash of ada's password",
        created_at=datetime(2026, 3, 1, 12, 0, 0, 123456, UTC),
        updated_at=datetime(2026, 3, 2, 12, 0, 0, 654321, UTC),
    )


@pytest.fixture
def bob() -> User:
    return User(
        id=UserId(UUID("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb")),
        email=EmailAddress("bob@example.com"),
        password_hash="hash of bob's password",
        created_at=datetime(2026, 3, 3, tzinfo=UTC),
        updated_at=datetime(2026, 3, 3, tzinfo=UTC),
    )


@pytest.fixture
def adas_link(ada: User) -> EmporiaLink:
    return EmporiaLink(
        user_id=ada.id,
        account=AccountId(4711),
        subject="subject-of-ada",
        emporia_username="ada@emporia.example",
        linked_at=datetime(2026, 3, 4, 5, 6, 7, 891011, UTC),
        signed_in_at=datetime(2026, 3, 4, 5, 6, 7, 891011, UTC),
        tokens=EmporiaTokens(
            id_token="ada-id-token",
            refresh_token="ada-refresh-token",
            issued_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
            expires_at=datetime(2026, 3, 4, 6, 6, 7, tzinfo=UTC),
        ),
    )


@pytest.fixture
def bobs_link(bob: User) -> EmporiaLink:
    return EmporiaLink(
        user_id=bob.id,
        account=AccountId(4711),
        subject="subject-of-bob",
        emporia_username="bob@emporia.example",
        linked_at=datetime(2026, 3, 1, tzinfo=UTC),
        signed_in_at=datetime(2026, 3, 1, tzinfo=UTC),
        tokens=EmporiaTokens(
            id_token="bob-id-token",
            refresh_token="bob-refresh-token",
            issued_at=datetime(2026, 3, 1, tzinfo=UTC),
            expires_at=datetime(2026, 3, 1, 1, tzinfo=UTC),
        ),
    )
