"""Files that are sent as they are, read up to a limit and no further."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from litestar.exceptions import ClientException, InternalServerException

from entrypoints.failures.codes import BODY_CODED, BODY_TOO_LARGE, TOO_LATE
from entrypoints.failures.failure import Failure
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.bodies import LONGEST_CONTENT_TYPE, NO_CODING

PATIENCE_SECONDS = 3_600.0
"""How long a file may take to come: it has one of few places."""


def require_media_type(request: CallerRequest, allowed: Collection[str], failure: Failure) -> None:
    """Raise Refusal for a body of another type, in small letters, or one that is packed."""
    is_short = len(request.headers.get("Content-Type", "")) <= LONGEST_CONTENT_TYPE
    if not is_short or request.content_type[0].lower() not in allowed:
        raise Refusal(failure)
    codings = ",".join(request.headers.getall("Content-Encoding", []))
    if any(coding.strip().lower() not in NO_CODING for coding in codings.split(",")):
        raise Refusal(BODY_CODED)


def expected_bytes(request: CallerRequest, limit_bytes: int) -> int | None:
    """How many come, where that is said; raises Refusal where they are too many."""
    expected = request.content_length
    if expected is not None and expected > limit_bytes:
        raise Refusal(BODY_TOO_LARGE)
    return expected


async def sent_parts(request: CallerRequest, limit_bytes: int) -> AsyncIterator[bytes]:
    """The parts of the body as they come; raises Refusal where they are too many."""
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > limit_bytes:
                raise Refusal(BODY_TOO_LARGE)
            yield part
    except InternalServerException:
        # The caller hung up in the middle: no fault of ours, and nobody reads the answer.
        raise ClientException from None


@asynccontextmanager
async def in_patience() -> AsyncIterator[None]:
    """Raise Refusal where what is done within takes longer than a file may."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            yield
    except TimeoutError:
        raise Refusal(TOO_LATE) from None
