"""History while the archive's storage fails."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.fake.archive.chunk_store import InMemoryChunkStore
from application.archive.read_history import HistoryQuery
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import StorageUnavailable

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def minutes(caller) -> HistoryQuery:
    return HistoryQuery(
        caller=caller,
        gid=1000,
        channel="1,2,3",
        start=NOON - timedelta(hours=2),
        end=NOON - timedelta(hours=1),
        scale=Scale.MINUTE,
        unit=EnergyUnit.KILOWATT_HOURS,
    )


def fail(monkeypatch, *methods: str) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise StorageUnavailable

    for method in methods:
        monkeypatch.setattr(InMemoryChunkStore, method, refuse)


async def test_an_archive_that_fails_is_done_without(world, monkeypatch) -> None:
    caller = await world.resident()
    fail(monkeypatch, "held", "chunks", "months", "put")
    history = await world.read_history(minutes(caller))
    assert history.usages == [1.0] * 60


async def test_what_was_told_a_moment_ago_is_not_asked_for_again_meanwhile(
    world, monkeypatch
) -> None:
    caller = await world.resident()
    fail(monkeypatch, "held", "chunks", "months", "put")
    await world.read_history(minutes(caller))
    await world.read_history(minutes(caller))
    assert world.cloud.requests("chart") == 1


async def test_an_archive_that_can_be_read_alone_is_read(world, monkeypatch) -> None:
    caller = await world.resident()
    await world.read_history(minutes(caller))
    fail(monkeypatch, "put")
    history = await world.read_history(minutes(caller))
    assert (history.usages, world.cloud.requests("chart")) == ([1.0] * 60, 1)


@pytest.mark.parametrize("scale", [Scale.HOUR, Scale.DAY])
async def test_wider_buckets_are_told_by_emporia_too(world, monkeypatch, scale) -> None:
    caller = await world.resident()
    fail(monkeypatch, "held", "chunks", "months", "put")
    query = HistoryQuery(
        caller=caller,
        gid=1000,
        channel="1,2,3",
        start=NOON - timedelta(days=3),
        end=NOON,
        scale=scale,
        unit=EnergyUnit.KILOWATT_HOURS,
    )
    assert set((await world.read_history(query)).usages) == {1.0}
