"""Exports as answers: written while they are read, and no faster."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from application.accounts.access import Caller
from application.archive.exchange.export_archive import ExportArchive
from application.archive.exchange.exports_at_once import ExportsAtOnce
from application.archive.exchange.plan_export import ExportPlan, ExportQuery, PlanExport
from application.ports.archive.export_tables import ExportTables
from application.ports.heavy_work import HeavyWork
from domain.accounts.users import UserId
from domain.archive.exchange.exports import ExportFormat
from domain.errors import DomainError
from entrypoints.streams.line import line_of

logger = logging.getLogger(__name__)

MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8; header=present",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
}
PIECE_BYTES = 64 * 1024
PATIENCE_SECONDS = 60.0
"""How long a client may take to read such a piece; who reads more slowly keeps a place for days."""


class ExportHead(ASGIResponse):
    """What is before the first byte."""

    _should_set_content_length = False


class ExportStream(ExportHead):
    """The answer, until its end, or until its client leaves or the gateway stops.

    An export that can't be finished ends with its connection, so that nobody takes it for whole.
    """

    def __init__(
        self,
        plan: ExportPlan,
        answers: "ExportAnswers",
        user: UserId,
        export_format: ExportFormat,
        *,
        headers: dict[str, str],
        is_compressed: bool,
    ) -> None:
        super().__init__(media_type=MEDIA_TYPES[export_format], headers=headers)
        self._plan = plan
        self._answers = answers
        self._user = user
        self._format = export_format
        self._is_compressed = is_compressed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream; what fails before the first byte is raised, and answered as any failure."""
        answers = self._answers
        with answers.at_once.place(self._user):
            table = await answers.work(
                lambda: answers.tables(self._format, is_compressed=self._is_compressed)
            )
            async with aclosing(answers.export.written(self._plan, table)) as parts:
                first = await anext(parts)
                await self.start_response(send)
                if not await self._is_sent(first, parts, receive, send):
                    line = line_of(scope)
                    if line is not None:
                        line.cut()

    async def _is_sent(
        self, first: bytes, parts: AsyncIterator[bytes], receive: Receive, send: Send
    ) -> bool:
        """Whether all of it was."""
        sending = asyncio.create_task(_send_all(first, parts, send))
        client_gone = asyncio.create_task(_wait_for_disconnect(receive))
        stopping = asyncio.create_task(self._answers.stopping.wait())
        tasks = {sending, client_gone, stopping}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if sending.cancelled():
            return False
        error = sending.exception()
        if error is not None and not isinstance(error, DomainError | TimeoutError):
            told = {"method": "GET", "route": "/export"}
            logger.error(
                "%(method)s %(route)s failed", {"event": "call_failed", **told}, exc_info=error
            )
        return error is None


async def _send_all(first: bytes, parts: AsyncIterator[bytes], send: Send) -> None:
    """Raises TimeoutError for a client that reads too slowly, and what the parts raise."""
    await _send(first, send)
    async for part in parts:
        await _send(part, send)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send(part: bytes, send: Send) -> None:
    for start in range(0, len(part), PIECE_BYTES):
        piece = part[start : start + PIECE_BYTES]
        async with asyncio.timeout(PATIENCE_SECONDS):
            await send({"type": "http.response.body", "body": piece, "more_body": True})


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAnswers:
    """Makes them, and ends them all once `stopping` is set."""

    plan: PlanExport
    export: ExportArchive
    tables: ExportTables
    at_once: ExportsAtOnce
    work: HeavyWork
    stopping: asyncio.Event

    async def answer(
        self,
        caller: Caller,
        query: ExportQuery,
        export_format: ExportFormat,
        *,
        takes_gzip: bool,
        is_head: bool,
    ) -> ASGIResponse:
        """The answer to a caller; raises what PlanExport raises, and FormatUnavailable."""
        plan = await self.plan(caller, query)
        is_compressed = takes_gzip and export_format is ExportFormat.CSV
        headers = {
            "Content-Disposition": f'attachment; filename="emporia-{query.scale.value}'
            f'.{export_format}"'
        }
        if export_format is ExportFormat.CSV:
            headers["Vary"] = "Accept-Encoding"
        if is_compressed:
            headers["Content-Encoding"] = "gzip"
        if is_head:
            # Made and thrown away: it tells whether this format can be had.
            await self.work(lambda: self.tables(export_format, is_compressed=is_compressed))
            return ExportHead(media_type=MEDIA_TYPES[export_format], headers=headers)
        return ExportStream(
            plan,
            self,
            caller.user.id,
            export_format,
            headers=headers,
            is_compressed=is_compressed,
        )
