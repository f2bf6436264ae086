"""What travels over HTTP about the archive and its recorder."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from application.archive.list_archive import HeldSeries
from application.archive.read_many import ManyQuery
from application.archive.read_recorder import RecorderStatus
from domain.archive.answers import SeriesAnswer
from domain.archive.recording.plan import Errand
from domain.archive.series import SeriesName
from domain.instants import format_instant, format_seconds
from entrypoints.http.schemas.contract import Instant

Coverage = Annotated[float, Meta(ge=0, le=1)]


class SeriesHistory(Struct, rename="camel"):
    """A series: value i covers the i-th bucket. `quality` tells how many in a row were come by how.

    `live` is Emporia's own figure, `backfilled` one that came late, `averaged` a mean spread over a
    flat stretch, `imported` one of a file, `partial` the sum of what is known of the bucket;
    `missing`, `unknown` and `damaged` are null.
    """

    device_gid: int
    channel: str
    usage_list: list[float | None]
    quality: list[list[str | int]]
    coverage: Coverage

    @classmethod
    def of(cls, name: SeriesName, answer: SeriesAnswer) -> "SeriesHistory":
        """Show a series."""
        return cls(
            device_gid=name.gid,
            channel=name.channel,
            usage_list=list(answer.usages),
            quality=[[quality.value, count] for quality, count in answer.quality],
            coverage=answer.coverage,
        )


class ManyHistories(Struct, rename="camel"):
    """Several series over the same buckets, of which the first begins at the first instant."""

    first_usage_instant: Instant
    scale: str
    energy_unit: str
    series: list[SeriesHistory]

    @classmethod
    def of(
        cls, query: ManyQuery, answers: Sequence[tuple[SeriesName, SeriesAnswer]]
    ) -> "ManyHistories":
        """Show all of them."""
        return cls(
            first_usage_instant=format_instant(answers[0][1].first_usage_instant),
            scale=query.scale.value,
            energy_unit=query.unit.value,
            series=[SeriesHistory.of(name, answer) for name, answer in answers],
        )


class ArchivedSeries(Struct, rename={"device_gid": "deviceGid", "start": "from", "end": "to"}):
    """What is held of a series at one scale: from when, up to when, and what it takes in bytes."""

    device_gid: int
    channel: str
    scale: str
    start: Instant
    end: Instant
    coverage: Coverage
    bytes: int


class ArchiveContents(Struct):
    """All that is held."""

    series: list[ArchivedSeries]

    @classmethod
    def of(cls, held: Iterable[HeldSeries]) -> "ArchiveContents":
        """Show it, the finest scale of a series first."""
        return cls(
            [
                ArchivedSeries(
                    device_gid=each.name.gid,
                    channel=each.name.channel,
                    scale=each.scale.value,
                    start=format_instant(each.start),
                    end=format_instant(each.end),
                    coverage=each.coverage,
                    bytes=each.size,
                )
                for each in held
            ]
        )


class DailyCoverage(Struct):
    """Each day of the device's own time, and the share of it that is known."""

    days: list[list[str | float]]

    @classmethod
    def of(cls, days: Iterable[tuple[date, float]]) -> "DailyCoverage":
        """Show the days, oldest first."""
        return cls([[day.isoformat(), share] for day, share in days])


class RecordingChoice(Struct):
    """What is to be recorded; what is left out stays as it is."""

    minutes: bool | None = None
    seconds: Annotated[str, Meta(extra_json_schema={"enum": ["off", "mains", "all"]})] | None = None


class RecorderErrand(Struct, rename="camel"):
    """What Emporia is asked for."""

    device_gid: int
    channel: str
    scale: str
    start: Instant
    end: Instant

    @classmethod
    def of(cls, errand: Errand) -> "RecorderErrand":
        """Show one request."""
        return cls(
            device_gid=errand.name.gid,
            channel=errand.name.channel,
            scale=errand.scale.value,
            start=format_seconds(errand.start),
            end=format_seconds(errand.end),
        )


class Recorder(Struct, rename="camel"):
    """What is recorded, how far it is, and what it will take."""

    minutes: bool
    seconds: str
    state: str
    waits_for: str | None
    doing: RecorderErrand | None
    requests_per_day: int | None
    planned_requests: int | None
    fill_requests: int | None
    fill_complete_at: Instant | None
    last_request_at: Instant | None

    @classmethod
    def of(cls, status: RecorderStatus) -> "Recorder":
        """Show how it goes."""
        done, last = status.fill_done_at, status.last_request_at
        return cls(
            minutes=status.recording.minutes,
            seconds=status.recording.seconds.value,
            state=status.state,
            waits_for=status.waits_for,
            doing=None if status.doing is None else RecorderErrand.of(status.doing),
            requests_per_day=status.requests_a_day,
            planned_requests=status.planned_requests,
            fill_requests=status.fill_requests,
            fill_complete_at=None if done is None else format_instant(done.replace(microsecond=0)),
            last_request_at=None if last is None else format_instant(last),
        )
