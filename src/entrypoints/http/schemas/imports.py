"""What travels over HTTP about imports."""

from typing import Annotated

from msgspec import Meta, Struct

from application.ports.archive.import_board import ImportState, ImportStatus
from domain.instants import format_instant, format_seconds
from entrypoints.http.schemas.contract import Instant

State = Annotated[str, Meta(extra_json_schema={"enum": list(ImportState)})]
Count = Annotated[int, Meta(ge=0)]


class ImportColumn(Struct, rename="camel"):
    """A column of the file, and the series that it tells of."""

    column: str
    device_gid: int
    channel: str


class UnmatchedColumn(Struct):
    """A column that nothing is taken of, and why."""

    column: str
    reason: str


class ImportFailure(Struct):
    """Why an import ended before its end; `line` is null where it is no one line's."""

    line: int | None
    message: str


class Import(
    Struct,
    rename={
        "bytes_read": "bytesRead",
        "lines_read": "linesRead",
        "start": "from",
        "end": "to",
        "buckets_taken": "bucketsTaken",
        "buckets_known": "bucketsKnown",
        "buckets_overlapping": "bucketsOverlapping",
        "buckets_differing": "bucketsDiffering",
        "begun_at": "begunAt",
        "ended_at": "endedAt",
    },
):
    """How an import goes. `linesRead` and `bytesRead` are those of the reading that goes on.

    `bucketsTaken` are new, `bucketsKnown` were there already; of `bucketsOverlapping`, which
    Emporia told of too, so many are `bucketsDiffering`. What is not known yet is null.
    """

    id: str
    state: State
    bytes: Count
    bytes_read: Count
    lines: Count | None
    lines_read: Count
    scale: str | None
    start: Instant | None
    end: Instant | None
    buckets_taken: Count
    buckets_known: Count
    buckets_overlapping: Count
    buckets_differing: Count
    columns: list[ImportColumn]
    unmatched: list[UnmatchedColumn]
    error: ImportFailure | None
    begun_at: Instant
    ended_at: Instant | None

    @classmethod
    def of(cls, status: ImportStatus) -> "Import":
        """Show it."""
        reached, tally = status.reached, status.reached.tally
        error = None if status.error is None else ImportFailure(status.line, status.error)
        ended = status.ended_at
        return cls(
            id=status.id,
            state=status.state.value,
            bytes=reached.file_bytes,
            bytes_read=reached.bytes_read,
            lines=reached.lines,
            lines_read=reached.lines_read,
            scale=None if reached.scale is None else reached.scale.value,
            start=_instant(reached.start),
            end=_instant(reached.end),
            buckets_taken=tally.taken,
            buckets_known=tally.known,
            buckets_overlapping=tally.overlapping,
            buckets_differing=tally.differing,
            columns=[
                ImportColumn(column, name.gid, name.channel) for column, name in reached.columns
            ],
            unmatched=[UnmatchedColumn(each.column, each.reason) for each in reached.unmatched],
            error=error,
            begun_at=format_instant(status.begun_at.replace(microsecond=0)),
            ended_at=None if ended is None else format_instant(ended.replace(microsecond=0)),
        )


class ImportAnswer(Struct, rename={"imported": "import"}):
    """One import."""

    imported: Import

    @classmethod
    def of(cls, status: ImportStatus) -> "ImportAnswer":
        """Show it."""
        return cls(Import.of(status))


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else format_seconds(seconds)
