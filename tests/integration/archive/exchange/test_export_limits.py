"""What an export may cost, and how it ends before its end."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from dependency_injector import providers

from adapters.csv.export_table import CsvExportTable
from application.archive.exchange.export_archive import ExportArchive
from domain.errors import StorageUnavailable
from entrypoints.http.exchange import export_stream

PART = b"x" * 50_000


class Endless(ExportArchive):
    """An export without an end; fails after some parts where it is told to."""

    failing_after: int | None = None
    parts = 0
    is_open = False

    def __init__(self) -> None:
        pass

    async def written(self, *_: object) -> AsyncIterator[bytes]:  # type: ignore[override]
        Endless.is_open = True
        try:
            while self.failing_after is None or self.parts < self.failing_after:
                Endless.parts += 1
                await asyncio.sleep(0)
                yield PART
            raise StorageUnavailable
        finally:
            Endless.is_open = False


@pytest.fixture
def endless(filled: Any) -> Iterator[Any]:
    """Every export goes on until somebody ends it."""
    Endless.failing_after, Endless.parts = None, 0
    filled.stage.container.export_archive.override(providers.Factory(Endless))
    yield filled
    assert not Endless.is_open


@asynccontextmanager
async def exporting(filled: Any, person: Any = None) -> AsyncIterator[Any]:
    headers = {**(person or filled.person).bearer, "Accept-Encoding": "identity"}
    async with filled.stage.client.stream(
        "GET", "/export", headers=headers, params={"scale": "1S"}
    ) as answer:
        yield answer


@asynccontextmanager
async def silent(filled: Any) -> AsyncIterator[asyncio.StreamReader]:
    """A client that asks and then reads nothing."""
    host, port = filled.stage.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
    lines = ["GET /export?scale=1S HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in filled.person.bearer.items()]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    try:
        yield reader
    finally:
        writer.transport.abort()


def running(filled: Any) -> int:
    return len(filled.stage.container.exports_at_once().running)


async def test_a_user_has_one_export_at_a_time_and_others_have_theirs(endless, eventually):
    other = await endless.stage.linked("bob@example.com")
    async with exporting(endless) as first:
        assert first.status_code == 200
        async with exporting(endless) as second:
            assert second.status_code == 429
            assert second.headers["Retry-After"] == "10"
            await second.aread()
            assert second.json()["error"].startswith("Too many exports are running")
        async with exporting(endless, other) as third:
            assert third.status_code == 200
    await eventually(lambda: running(endless) == 0)


async def test_nothing_is_read_any_more_for_a_client_that_has_left(endless, eventually):
    async with exporting(endless) as answer:
        await anext(answer.aiter_raw())
    await eventually(lambda: running(endless) == 0 and not Endless.is_open)


async def test_no_more_is_written_than_is_read_and_who_reads_nothing_is_cut_off(
    endless, eventually, monkeypatch
):
    monkeypatch.setattr(export_stream, "PATIENCE_SECONDS", 0.3)
    async with silent(endless) as reader:
        await eventually(lambda: running(endless) == 1)
        await eventually(lambda: running(endless) == 0)
        assert Endless.parts < 200
        with pytest.raises(ConnectionResetError):
            await reader.read(-1)


async def test_an_export_that_fails_on_its_way_ends_with_its_connection(endless, eventually):
    Endless.failing_after = 3
    async with exporting(endless) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.TransportError):
            await answer.aread()
    await eventually(lambda: running(endless) == 0)


async def test_an_export_that_fails_at_once_is_a_failure_like_any_other(endless):
    Endless.failing_after = 0
    async with exporting(endless) as answer:
        assert answer.status_code == 503
    assert running(endless) == 0


async def test_a_gateway_that_stops_ends_its_exports(endless, eventually):
    async with silent(endless):
        await eventually(lambda: running(endless) == 1)
        endless.stage.container.stopping().set()
        await eventually(lambda: running(endless) == 0)


async def test_rows_are_written_beside_the_event_loop(filled):
    threads = set()

    class Watched(CsvExportTable):
        def rows(self, piece: Any) -> bytes:
            threads.add(threading.current_thread())
            return super().rows(piece)

    with filled.stage.container.export_tables.override(
        providers.Object(lambda _, *, is_compressed: Watched(is_compressed=is_compressed))
    ):
        assert await filled.rows()
    assert threads
    assert threading.main_thread() not in threads


async def test_without_pyarrow_parquet_is_refused_in_a_sentence_and_csv_is_not(filled, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("adapters.arrow", "pyarrow"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = await filled.stage.client.get(
        "/export",
        headers={**filled.person.bearer, "Accept": "application/problem+json"},
        params={"scale": "1H", "format": "parquet"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "format_unavailable")
    assert "emporia-energy-api[parquet]" in answer.json()["detail"]
    assert await filled.rows(scale="1H")
