"""The caller's link to an Emporia account."""

from litestar import Router, delete, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.emporia.link_emporia import LinkEmporia, LinkRequest
from application.emporia.unlink_emporia import UnlinkEmporia
from entrypoints.http.answers import schemas
from entrypoints.http.answers.errors import WHEN_INCOMPLETE
from entrypoints.http.answers.examples import emporia as examples
from entrypoints.http.answers.examples.emporia import LINKED
from entrypoints.http.answers.refusals import EMPORIA_CREDENTIALS_MISSING
from entrypoints.http.requests.auth import CallerRequest, require_caller
from entrypoints.http.requests.bodies import JsonRequest
from entrypoints.http.requests.limits import COSTLY
from entrypoints.http.requests.methods import tell_methods


@post(
    "/emporia-auth",
    status_code=200,
    operation_id="linkEmporiaAccount",
    summary="Link an Emporia account",
    opt={WHEN_INCOMPLETE: EMPORIA_CREDENTIALS_MISSING, COSTLY: True},
    responses=examples.LINK,
)
async def link(
    data: JSONBody[schemas.EmporiaCredentials],
    request: CallerRequest,
    link_emporia: NamedDependency[LinkEmporia],
) -> schemas.Message:
    """Sign in at Emporia, once: the password is not kept, only sealed tokens are.

    When Emporia refuses, what was linked before stays as it was.
    """
    await link_emporia(
        LinkRequest(
            caller=request.user,
            emporia_username=data.emporia_username,
            emporia_password=data.emporia_password,
        )
    )
    return schemas.Message(LINKED)


@delete(
    "/emporia-auth",
    operation_id="unlinkEmporiaAccount",
    summary="Unlink the Emporia account",
    response_description="Nothing is linked any more.",
    responses=examples.UNLINK,
)
async def unlink(request: CallerRequest, unlink_emporia: NamedDependency[UnlinkEmporia]) -> None:
    """Erase the sealed tokens; the caller's streams end."""
    await unlink_emporia(request.user)


EMPORIA = Router(
    "/",
    route_handlers=[link, unlink],
    request_class=JsonRequest,
    middleware=[require_caller],
    before_request=tell_methods,
    security=[{"bearer": []}],
    tags=["Emporia account"],
)
