"""Where it is told how imports go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.accounts.users import UserId
from domain.archive.exchange.imports.matching import Unmatched
from domain.archive.exchange.imports.weighing import Tally
from domain.archive.series import SeriesName
from domain.emporia.usage import Scale


class ImportState(StrEnum):
    """`waiting` for another import; `failed` is by no fault of the file, and can be repeated."""

    WAITING = "waiting"
    CHECKING = "checking"
    IMPORTING = "importing"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


ENDED = frozenset({ImportState.DONE, ImportState.REFUSED, ImportState.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far the reading of a file is; what is not known yet is None.

    `start` and `end` are seconds since 1970, `lines` all that there are, `lines_read` those of
    this reading. `columns` are what is taken of which.
    """

    file_bytes: int
    bytes_read: int = 0
    lines: int | None = None
    lines_read: int = 0
    scale: Scale | None = None
    start: int | None = None
    end: int | None = None
    columns: Sequence[tuple[str, SeriesName]] = ()
    unmatched: Sequence[Unmatched] = ()
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStatus:
    """How one import goes; `error` says why it ended too soon, `line` where. Times are UTC."""

    id: str
    user_id: UserId
    state: ImportState
    reached: Reached
    begun_at: datetime
    ended_at: datetime | None = None
    error: str | None = None
    line: int | None = None


class ImportBoard(Protocol):
    """Remembers how imports go, and for a while how they ended; a restart forgets."""

    def put(self, status: ImportStatus) -> None:
        """Let this be what is told of it."""
        ...

    def of_user(self, user_id: UserId, import_id: str) -> ImportStatus | None:
        """How this one goes; None where it is nobody's, or somebody else's."""
        ...

    def newest(self, user_id: UserId) -> ImportStatus | None:
        """How the one goes that this user began last."""
        ...
