"""The utility's own readings: kept, compared and removed."""

import asyncio
from dataclasses import dataclass

from litestar import delete, get, post
from litestar.di import NamedDependency

from application.billing.utility.keep_readings import KeepUtilityReadings, KeptFile
from application.billing.utility.read_readings import ReadUtilityReadings, UtilityQuery
from application.billing.utility.remove_readings import RemoveUtilityReadings
from domain.errors import InvalidInput
from domain.instants import parse_instant
from entrypoints.failures.codes import MEDIA_TYPE_NOT_XML
from entrypoints.http.answers.errors import WHEN_REFUSED
from entrypoints.http.answers.examples.billing import utility as examples
from entrypoints.http.answers.refusals import DEVICES_REFUSED, RANGE_UNREADABLE
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.parameters import HomeText, WantedEndText, WantedStartText
from entrypoints.http.requests.queries import parse_home
from entrypoints.http.requests.uploads import (
    expected_bytes,
    in_patience,
    require_media_type,
    sent_parts,
)
from entrypoints.http.schemas import utility as schemas

XML_MEDIA_TYPES = {"", "application/xml", "text/xml", "application/atom+xml"}
"""A missing Content-Type is taken for XML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityUploads:
    """Reads what is sent up to the limit, and no more."""

    keep: KeepUtilityReadings
    limit_bytes: int

    async def take(self, request: CallerRequest, *, home: int | None) -> KeptFile:
        """Raises Refusal for what is too large, too late or no XML, and what is raised keeping."""
        require_media_type(request, XML_MEDIA_TYPES, MEDIA_TYPE_NOT_XML)
        expected = expected_bytes(request, self.limit_bytes)
        async with in_patience():
            return await self.keep(
                request.user, sent_parts(request, self.limit_bytes), home=home, expected=expected
            )


@post(
    "/utility",
    operation_id="keepUtilityReadings",
    summary="Keep the utility's own readings",
    opt={WHEN_REFUSED: DEVICES_REFUSED},
    request_max_body_size=None,
    responses=examples.KEEP_READINGS,
)
async def keep_readings(
    request: CallerRequest,
    utility_files_sent: NamedDependency[UtilityUploads],
    home: HomeText = None,
) -> schemas.KeptFileAnswer:
    """Take a Green Button file; its hours take the place of those that are kept of the same time.

    The archive stays as it is. Sent again it changes nothing.
    """
    return schemas.KeptFileAnswer.of(await utility_files_sent.take(request, home=parse_home(home)))


@get(
    "/utility",
    operation_id="readUtilityReadings",
    summary="Compare the utility's own readings with the archive",
    opt={WHEN_REFUSED: DEVICES_REFUSED},
    responses=examples.READ_READINGS,
)
async def read_readings(
    request: CallerRequest,
    read_utility_readings: NamedDependency[ReadUtilityReadings],
    home: HomeText = None,
    start: WantedStartText = None,
    end: WantedEndText = None,
) -> schemas.UtilityAnswer:
    """Tell hour by hour how both differ, what that looks like, and the bill both ways.

    Left out, the range is all that is kept, up to the last 400 days of it. What findings mean is
    explained in docs/billing.md.
    """
    query = UtilityQuery(
        caller=request.user,
        home=parse_home(home),
        start=_seconds(start, name="start"),
        end=_seconds(end, name="end"),
    )
    # 9,600 hours take a tenth of a second, which nobody else's stream has to spare.
    return await asyncio.to_thread(schemas.UtilityAnswer.of, await read_utility_readings(query))


@delete(
    "/utility",
    operation_id="removeUtilityReadings",
    summary="Remove the utility's own readings",
    opt={WHEN_REFUSED: DEVICES_REFUSED},
    response_description="All of the home's are gone.",
    responses=examples.REMOVE_READINGS,
)
async def remove_readings(
    request: CallerRequest,
    remove_utility_readings: NamedDependency[RemoveUtilityReadings],
    home: HomeText = None,
) -> None:
    """Forget all of a home's."""
    await remove_utility_readings(request.user, home=parse_home(home))


def _seconds(text: str | None, *, name: str) -> int | None:
    """Raises InvalidInput with the sentence that histories have."""
    try:
        return None if text is None else int(parse_instant(text, name=name).timestamp())
    except InvalidInput:
        raise InvalidInput(RANGE_UNREADABLE) from None


OF_CALLERS = [keep_readings, read_readings, remove_readings]
