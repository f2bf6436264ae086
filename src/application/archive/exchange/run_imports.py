"""Reads the files that were sent, one after the other."""

import asyncio
import logging
from dataclasses import dataclass, field, replace
from typing import Any

from application.archive.exchange.import_figures import ImportFigures
from application.archive.exchange.importing import Importing, ImportQuery
from application.ports.archive.import_board import ImportBoard, ImportState, ImportStatus
from application.ports.archive.import_files import ImportFile, UploadedFiles
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.accounts.callers.actors import Actor
from domain.accounts.users import UserId
from domain.archive.events import FiguresImported
from domain.archive.exchange.errors import ImportRefused, TooManyImports
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId
from domain.errors import DomainError, NotLinked

MOST_OF_USER = 1
MOST_IN_ALL = 4
"""Each is a file on the disk."""

RETRY_AFTER_SECONDS = 10.0

CUT_OFF = "The gateway was stopped; send the file again, and what is missing is taken."
FAULT = "Something went wrong on our side; send the file again, and what is missing is taken."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file that waits for its turn, and whose it is."""

    status: ImportStatus
    account: AccountId
    customer: Customer
    file: ImportFile
    query: ImportQuery
    by: Actor


@dataclass(slots=True, kw_only=True, eq=False)
class RunImports:
    """Counts the imports of this process, and reads them in turn for as long as `run` does."""

    links: EmporiaLinkRepository
    files: UploadedFiles[ImportFile]
    figures: ImportFigures
    board: ImportBoard
    events: Events
    clock: Clock
    running: list[UserId] = field(default_factory=list)
    _sent: asyncio.Queue[SentFile] = field(default_factory=asyncio.Queue)

    def enter(self, user: UserId) -> None:
        """Have a place until `leave`; raises TooManyImports."""
        if len(self.running) >= MOST_IN_ALL or self.running.count(user) >= MOST_OF_USER:
            raise TooManyImports(retry_after_seconds=RETRY_AFTER_SECONDS)
        self.running.append(user)

    def leave(self, user: UserId) -> None:
        """Give the place back: nothing was sent."""
        self.running.remove(user)

    def put(self, sent: SentFile) -> None:
        """Read this when its turn comes, then delete it and give the place back."""
        self.board.put(sent.status)
        self._sent.put_nowait(sent)

    async def run(self) -> None:
        """Read what is sent until cancelled; what an earlier process left is deleted first."""
        await self.files.clear()
        try:
            while True:
                await self._read(await self._sent.get())
        finally:
            while not self._sent.empty():
                await self.files.drop(self._sent.get_nowait().file)

    async def _read(self, sent: SentFile) -> None:
        try:
            await _Turn(sent, self).take()
        finally:
            self.leave(sent.status.user_id)
            await self.files.drop(sent.file)


class _Turn:
    """One import while it is its turn."""

    def __init__(self, sent: SentFile, imports: RunImports) -> None:
        self._sent = sent
        self._imports = imports
        self._status = replace(sent.status, state=ImportState.CHECKING)

    async def take(self) -> None:
        """Import, and tell how it ended."""
        sent = self._sent
        try:
            reached = await self._imports.figures(
                Importing(
                    account=sent.account,
                    customer=sent.customer,
                    file=sent.file,
                    query=sent.query,
                    tell=lambda reached: self._tell(reached=reached),
                    ask=self._require_link,
                    begun_to_keep=lambda: self._tell(state=ImportState.IMPORTING),
                )
            )
        except ImportRefused as refusal:
            self._end(ImportState.REFUSED, error=refusal.reason, line=refusal.line)
        except DomainError as failure:
            self._end(ImportState.FAILED, error=str(failure))
        except asyncio.CancelledError:
            self._end(ImportState.FAILED, error=CUT_OFF)
            raise
        except Exception:
            logger.exception("an import failed", extra={"event": "import_failed"})
            self._end(ImportState.FAILED, error=FAULT)
        else:
            self._end(ImportState.DONE)
            await self._imports.events.publish(
                FiguresImported(
                    user_id=sent.status.user_id,
                    account=sent.account,
                    buckets=reached.tally.taken,
                    by=sent.by,
                )
            )

    async def _require_link(self) -> None:
        """Whoever has let go of the account, or is gone, puts nothing there any more."""
        link = await self._imports.links.of_user(self._sent.status.user_id)
        if link is None or link.account != self._sent.account:
            raise NotLinked

    def _end(self, state: ImportState, **more: Any) -> None:
        self._tell(state=state, ended_at=self._imports.clock.now(), **more)

    def _tell(self, **more: Any) -> None:
        self._status = replace(self._status, **more)
        self._imports.board.put(self._status)
