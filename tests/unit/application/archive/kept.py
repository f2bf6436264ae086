"""What a test puts into a world's archive, and how it spoils it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from adapters.fake.archive.chunk_store import InMemoryChunkStore
from adapters.fake.emporia.emporia_gateway import HOME
from application.accounts.access import Caller
from application.ports.archive.chunk_store import SealedMonth
from domain.accounts.keys import ApiKey, KeyId, KeyLimits, KeyScope
from domain.archive.grid import Grid
from domain.archive.quality import Mark
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.sealed import SealedChunk
from domain.archive.series import Series, SeriesName
from domain.emporia.devices import UNKNOWN_LOCATION, Location
from domain.emporia.usage import Scale
from domain.errors import StorageUnavailable

MAINS = SeriesName(1000, "1,2,3")
PLUG = SeriesName(1001, "1,2,3")
SERIES = Series(HOME, MAINS)
MIDNIGHT = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
"""Twelve hours before the clock begins."""
NOON = MIDNIGHT + 12 * 3600


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


async def keep(
    world,
    scale: Scale,
    usages: Sequence[float | None],
    *,
    start: int = MIDNIGHT,
    series: Series = SERIES,
    read_at: int | None = None,
    told: Mark = Mark.READ,
) -> None:
    """As if it had been read just now, or then."""
    await world.keep_readings(
        series,
        Reading(
            scale=scale,
            start=start,
            figures=figures_of(usages),
            read_at=read_at or int(world.clock.now().timestamp()),
            told=told,
        ),
    )


def grid(scale: Scale, start: int, end: int, location: Location = UNKNOWN_LOCATION) -> Grid:
    return Grid.of(scale, instant(start), instant(end), location, most_buckets=1_000_000)


def spoil_chunks(world, scale: Scale) -> None:
    """Let no chunk of this scale fit its checksum any more."""
    for key, sealed in world.chunk_store.kept.items():
        if key[1].scale is scale:
            world.chunk_store.kept[key] = replace(sealed, checksum=sealed.checksum ^ 1)


def spoil_months(world) -> None:
    """Let no month fit its checksum any more."""
    for key, data in world.chunk_store.hours.items():
        world.chunk_store.hours[key] = data[:-1]


def limited(caller: Caller, limits: KeyLimits) -> Caller:
    """The same person by an API key with these limits."""
    key = ApiKey(
        id=KeyId(UUID(int=1)),
        user_id=caller.user.id,
        name="wall display",
        prefix="eea_12345678",
        scopes=frozenset({KeyScope.READ}),
        limits=limits,
        created_at=instant(MIDNIGHT),
        expires_at=None,
    )
    return replace(caller, key=key)


class FullChunkStore(InMemoryChunkStore):
    """Takes nothing more."""

    async def put(
        self,
        series: Series,  # noqa: ARG002
        chunks: Sequence[SealedChunk],  # noqa: ARG002
        months: Sequence[SealedMonth],  # noqa: ARG002
        **_: object,
    ) -> bool:
        raise StorageUnavailable
