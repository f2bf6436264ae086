"""Whether the gateway lives, and whether it can work."""

from litestar import Router, get
from litestar.di import NamedDependency
from msgspec import UNSET

from application.operations.check_readiness import CheckReadiness
from entrypoints.failures.codes import DATABASE_UNREACHABLE
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.answers.examples import operations as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.schemas import contract as schemas


@get(
    "/health/live",
    operation_id="checkLiveness",
    summary="Is the gateway alive?",
    responses=examples.CHECK_LIVENESS,
)
async def check_liveness() -> schemas.Status:
    """Answer at once, whatever else is the matter."""
    return schemas.Status("ok")


@get(
    "/health/ready",
    operation_id="checkReadiness",
    summary="Can the gateway work?",
    responses=examples.CHECK_READINESS,
)
async def check_storage(check_readiness: NamedDependency[CheckReadiness]) -> schemas.Readiness:
    """Ask the database for a sign of life."""
    if not await check_readiness():
        raise Refusal(DATABASE_UNREACHABLE)
    return schemas.Readiness("ok", list(check_readiness.others_away()) or UNSET)


HEALTH = Router(
    "/",
    route_handlers=[check_liveness, check_storage],
    response_class=JsonAnswer,
    tags=["Health"],
)
