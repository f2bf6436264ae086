"""What stands behind the storage's ports: SQLite's two files, or the database of DATABASE_URL.

What PostgreSQL needs is loaded where it is named.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.memory.call_limits import InMemoryCallLimit
from adapters.memory.hand_overs import InMemoryHandOvers
from adapters.memory.refusals import InMemoryRefusals
from adapters.sql.archive.chunk_store import SqlChunkStore
from adapters.sql.fence_check import FenceCheck, no_fences
from adapters.sqlite import engine as sqlite
from adapters.sqlite.erased_data import SqliteErasedData
from adapters.sqlite.foreign_changes import SqliteForeignChanges
from adapters.sqlite.ledger.request_ledger import SqliteRequestLedger
from adapters.sqlite.storage_health import SqliteStorageHealth
from adapters.sqlite.storage_size import SqliteStorageSize
from application.ports.accounts.call_limits import CallLimit
from application.ports.accounts.openid.flows import HandOvers
from application.ports.accounts.refusals import Refusals
from application.ports.archive.chunk_store import ChunkStore
from application.ports.clock import Clock
from application.ports.emporia.request_ledger import RequestLedger
from application.ports.emporia.requests_of_others import RequestsOfOthers
from application.ports.nodes import NodeId
from application.ports.operations.erased_data import ErasedData
from application.ports.operations.foreign_changes import ForeignChanges
from application.ports.operations.storage_health import StorageHealth
from application.ports.operations.storage_size import StorageSize
from domain.accounts.callers.pauses import PauseRule
from entrypoints.composition.resources import Resources, owned
from entrypoints.composition.storage.database import archive_file, database_file
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from adapters.postgresql.engine import PostgresEngine
    from adapters.postgresql.fences import PostgresFences


def engine(resources: Resources, settings: Settings) -> AsyncEngine:
    """Connections to everything but what was measured."""
    if not settings.database_url:
        return owned(resources, sqlite.open_engine, database_file(settings), close_by="dispose")
    from adapters.postgresql.engine import open_engine

    return owned(resources, open_engine, settings.database_url, close_by="dispose")


def archive_engine(
    resources: Resources, settings: Settings, engine: Callable[[], AsyncEngine]
) -> AsyncEngine:
    """Connections to what was measured; in PostgreSQL it is in the same database."""
    if settings.database_url:
        return engine()
    return owned(resources, sqlite.open_engine, archive_file(settings), close_by="dispose")


def hasty(settings: Settings, engine: AsyncEngine) -> AsyncEngine:
    """The same for what need not outlive a power cut; PostgreSQL commits many at once anyway."""
    return engine if settings.database_url else sqlite.hasty(engine)


def request_ledger(
    resources: Resources,
    settings: Settings,
    engine: AsyncEngine,
    fences: "PostgresFences | None",
    node_id: NodeId,
    clock: Clock,
) -> RequestLedger:
    """What is spent of the request budgets."""
    if not settings.database_url:
        return owned(
            resources,
            SqliteRequestLedger,
            cast(sqlite.SqliteEngine, engine),
            path=database_file(settings),
            clock=clock,
        )
    from adapters.postgresql.request_ledger import PostgresRequestLedger

    return owned(resources, PostgresRequestLedger, _postgres(engine), node=node_id, fences=fences)


def fences(settings: Settings, engine: AsyncEngine, node_id: NodeId) -> "PostgresFences | None":
    """Whose writes are taken; None where there is one node anyway."""
    if not settings.database_url:
        return None
    from adapters.postgresql.fences import PostgresFences

    return PostgresFences(_postgres(engine), node_id=node_id)


def check_fence(fences: "PostgresFences | None") -> FenceCheck:
    """What a transaction asks about its writer."""
    return no_fences if fences is None else fences.check


def requests_of_others(
    settings: Settings, engine: AsyncEngine, node_id: NodeId
) -> RequestsOfOthers | None:
    """What other processes count; in SQLite those before this one are taken for it."""
    if not settings.database_url:
        return None
    from adapters.postgresql.requests_of_others import PostgresRequestsOfOthers

    return PostgresRequestsOfOthers(_postgres(engine), node_id=node_id)


def refusals(
    settings: Settings,
    engine: AsyncEngine,
    secrets: tuple[bytes, ...],
    clock: Clock,
    *,
    kind: str,
    rule: PauseRule,
) -> Refusals:
    """What is refused under a key; `kind` tells apart what."""
    if not settings.database_url:
        return InMemoryRefusals(rule=rule, clock=clock)
    from adapters.postgresql.refusals import PostgresRefusals

    return PostgresRefusals(_postgres(engine), kind=kind, secret=secrets[0], rule=rule, clock=clock)


def call_limit(
    settings: Settings, engine: AsyncEngine, secrets: tuple[bytes, ...], clock: Clock
) -> CallLimit:
    """How often a network may ask for what is costly."""
    most_calls = settings.account_calls_per_minute
    own = InMemoryCallLimit(most_calls=most_calls, clock=clock)
    if not settings.database_url:
        return own
    from adapters.postgresql.call_limit import PostgresCallLimit

    return PostgresCallLimit(_postgres(engine), first=own, secret=secrets[0], most_calls=most_calls)


def hand_overs(settings: Settings, engine: AsyncEngine) -> HandOvers:
    """Logins that wait for their page."""
    if not settings.database_url:
        return InMemoryHandOvers()
    from adapters.postgresql.hand_overs import PostgresHandOvers

    return PostgresHandOvers(_postgres(engine))


def chunk_store(
    settings: Settings, archive_engine: AsyncEngine, fences: "PostgresFences | None"
) -> ChunkStore:
    """What was measured."""
    if not settings.database_url:
        return SqlChunkStore(archive_engine)
    from adapters.postgresql.chunk_store import PostgresChunkStore

    return PostgresChunkStore(_postgres(archive_engine), check_fence=check_fence(fences))


def foreign_changes(
    resources: Resources, settings: Settings, engine: AsyncEngine
) -> ForeignChanges:
    """What other processes do."""
    if not settings.database_url:
        return owned(resources, SqliteForeignChanges, cast(sqlite.SqliteEngine, engine))
    from adapters.postgresql.foreign_changes import PostgresForeignChanges

    return PostgresForeignChanges(_postgres(engine))


def storage_health(settings: Settings, engine: AsyncEngine, clock: Clock) -> StorageHealth:
    """Whether the database answers."""
    if not settings.database_url:
        return SqliteStorageHealth(engine, clock=clock)
    from adapters.postgresql.storage_health import PostgresStorageHealth

    return PostgresStorageHealth(_postgres(engine))


def storage_size(
    settings: Settings, engine: Callable[[], AsyncEngine], clock: Clock
) -> StorageSize:
    """How much room it takes."""
    if not settings.database_url:
        return SqliteStorageSize(database_file(settings), archive_file(settings))
    from adapters.postgresql.storage_size import PostgresStorageSize

    return PostgresStorageSize(_postgres(engine()), clock=clock)


def erased_data(settings: Settings, engine: AsyncEngine) -> ErasedData:
    """What erased rows leave behind."""
    if not settings.database_url:
        return SqliteErasedData(engine)
    from adapters.postgresql.erased_data import PostgresErasedData

    return PostgresErasedData()


def _postgres(engine: AsyncEngine) -> "PostgresEngine":
    return cast("PostgresEngine", engine)
