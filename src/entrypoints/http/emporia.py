"""The caller's link to an Emporia account."""

from litestar import Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.emporia.link_emporia import LinkEmporia, LinkRequest
from application.emporia.read_link import ReadLink
from application.emporia.unlink_emporia import UnlinkEmporia
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, Refusal
from entrypoints.http.answers.examples import emporia as examples
from entrypoints.http.answers.examples.emporia import LINKED
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.refusals import EMPORIA_CREDENTIALS_MISSING
from entrypoints.http.requests.auth import CallerRequest, require_caller
from entrypoints.http.requests.bodies import JsonRequest
from entrypoints.http.requests.limits import COSTLY
from entrypoints.http.requests.methods import tell_methods
from entrypoints.http.schemas import contract as schemas
from entrypoints.http.schemas import links as link_schemas


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
    """Sign in at Emporia: only sealed tokens are kept.

    With `keepPassword`, where whoever runs the gateway allows it, the password is kept too, sealed,
    for the link to renew itself. When Emporia refuses, what was linked before stays as it was.
    """
    # Litestar takes "1" and 0 for truth values too: no password is kept for a word so vague.
    if not isinstance((await request.json()).get("keepPassword", False), bool):
        raise Refusal(EMPORIA_CREDENTIALS_MISSING)
    await link_emporia(
        LinkRequest(
            caller=request.user,
            emporia_username=data.emporia_username,
            emporia_password=data.emporia_password,
            keep_password=data.keep_password,
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
    """Erase the sealed tokens and a kept password; the caller's streams end."""
    await unlink_emporia(request.user)


@get(
    "/me/link",
    operation_id="readLink",
    summary="Read how my link stands",
    responses=examples.READ_LINK,
)
async def read_my_link(
    request: CallerRequest, read_link: NamedDependency[ReadLink]
) -> link_schemas.LinkAnswer:
    """Tell until when the link to Emporia will last, and whether it renews itself."""
    return link_schemas.LinkAnswer.of(await read_link(request.user.user.id))


EMPORIA = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[link, unlink, read_my_link],
    request_class=JsonRequest,
    middleware=[require_caller],
    before_request=tell_methods,
    security=[{"bearer": []}],
    tags=["Emporia account"],
)
