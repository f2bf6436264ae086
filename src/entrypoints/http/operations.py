"""Whether the gateway lives, and whether it can work."""

from litestar import Router, get
from litestar.di import NamedDependency

from application.operations.check_readiness import CheckReadiness
from entrypoints.http.answers import schemas
from entrypoints.http.answers.described import failures, success
from entrypoints.http.answers.errors import Refusal

DATABASE_UNREACHABLE = "The database can't be reached."

_OK = {"status": "ok"}


@get(
    "/health/live",
    operation_id="checkLiveness",
    summary="Is the gateway alive?",
    responses={
        **success(200, schemas.Status, "The gateway answers.", example=_OK),
        **failures(),
    },
)
async def check_liveness() -> schemas.Status:
    """Answer at once, whatever else is the matter."""
    return schemas.Status("ok")


@get(
    "/health/ready",
    operation_id="checkReadiness",
    summary="Can the gateway work?",
    responses={
        **success(200, schemas.Status, "The database answers.", example=_OK),
        **failures({503: (DATABASE_UNREACHABLE,)}),
    },
)
async def check_storage(check_readiness: NamedDependency[CheckReadiness]) -> schemas.Status:
    """Ask the database for a sign of life."""
    if not await check_readiness():
        raise Refusal(503, DATABASE_UNREACHABLE)
    return schemas.Status("ok")


HEALTH = Router("/", route_handlers=[check_liveness, check_storage], tags=["Health"])
