"""Several series at once, and what is held of them."""

from litestar import Router, get
from litestar.di import NamedDependency

from application.archive.list_archive import ListArchive
from application.archive.read_many import MOST_SERIES, ManyQuery, ReadMany
from domain.accounts.keys import KeyScope
from domain.archive.series import SeriesName
from domain.emporia.usage import EnergyUnit, Scale
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED
from entrypoints.http.answers.examples import archive as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.refusals import (
    HISTORY_REFUSED,
    ONE_SERIES_MISSING,
    SERIES_MISSING,
)
from entrypoints.http.requests.auth import KEY_SCOPE, CallerRequest, require_caller
from entrypoints.http.requests.parameters import (
    EndText,
    OneSeriesText,
    ScaleText,
    SeriesTexts,
    StartText,
    UnitText,
)
from entrypoints.http.requests.queries import parse_range, plain_array_names
from entrypoints.http.schemas import archive as schemas

MOST_READ = MOST_SERIES + 1
"""One more than may be named: so many are read, and refused."""


@get(
    "/history",
    operation_id="readHistories",
    summary="Read the history of several series",
    opt={
        KEY_SCOPE: KeyScope.READ,
        WHEN_INCOMPLETE: SERIES_MISSING,
        WHEN_REFUSED: HISTORY_REFUSED,
    },
    responses=examples.READ_HISTORIES,
)
async def read_histories(
    request: CallerRequest,
    read_many: NamedDependency[ReadMany],
    series: SeriesTexts,
    start: StartText,
    end: EndText,
    scale: ScaleText,
    energy_unit: UnitText,
) -> schemas.ManyHistories:
    """Read the buckets that start in [`start` floored to its bucket, `end`), in kWh.

    From the archive first; Emporia is asked for what it lacks. Each series tells how its figures
    were come by, and which share of the time is known.
    """
    first, last = parse_range(start=start, end=end)
    query = ManyQuery(
        caller=request.user,
        names=[SeriesName.parse(text) for text in series[:MOST_READ]],
        start=first,
        end=last,
        scale=Scale.parse(scale),
        unit=EnergyUnit.parse(energy_unit),
    )
    return schemas.ManyHistories.of(query, await read_many(query))


@get(
    "/archive",
    operation_id="readArchive",
    summary="Read what is held",
    opt={KEY_SCOPE: KeyScope.READ, WHEN_REFUSED: HISTORY_REFUSED},
    responses=examples.READ_ARCHIVE,
)
async def read_archive(
    request: CallerRequest, list_archive: NamedDependency[ListArchive]
) -> schemas.ArchiveContents:
    """Tell what is held of each series and scale: from when, up to when, how much of it."""
    return schemas.ArchiveContents.of(await list_archive(request.user))


@get(
    "/archive/coverage",
    operation_id="readCoverage",
    summary="Read how much is known of each day",
    opt={
        KEY_SCOPE: KeyScope.READ,
        WHEN_INCOMPLETE: ONE_SERIES_MISSING,
        WHEN_REFUSED: HISTORY_REFUSED,
    },
    responses=examples.READ_COVERAGE,
)
async def read_coverage(
    request: CallerRequest, list_archive: NamedDependency[ListArchive], series: OneSeriesText
) -> schemas.DailyCoverage:
    """Tell of each day, in the device's own time, which share of it is known."""
    days = await list_archive.coverage(request.user, SeriesName.parse(series))
    return schemas.DailyCoverage.of(days)


HISTORIES = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[read_histories, read_archive, read_coverage],
    middleware=[require_caller, plain_array_names],
    security=[{"bearer": []}],
    tags=["Archive"],
)
