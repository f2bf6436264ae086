"""Signing in with another account, by OpenID Connect: there, back, and what is joined.

A browser comes back without a token in its address: it brings a code that is good once, for a
minute, and for itself alone, for a cookie that no script can read goes with it.
"""

from typing import Annotated

from litestar import Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import CookieParameter, JSONBody, QueryParameter

from application.accounts.openid.begin import BeginJoining, BeginOpenId
from application.accounts.openid.finish import FinishOpenId, Return
from application.accounts.openid.identities import LeaveIdentity, ReadIdentity
from application.accounts.openid.take_over import TakeOver
from application.accounts.passwords.prove_password import CallersPassword
from domain.accounts.errors import ProviderUnavailable
from domain.accounts.identities import FLOW_LASTS, HAND_OVER_LASTS
from domain.errors import DomainError
from entrypoints.failures.codes import INTERNAL, failure_of
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, AnyRequest
from entrypoints.http.answers.examples import openid as examples
from entrypoints.http.answers.refusals import CODE_MISSING
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.limits import COSTLY
from entrypoints.http.requests.visitors import network_in, visiting
from entrypoints.http.schemas import openid as schemas
from entrypoints.http.schemas.contract import Token
from entrypoints.http.schemas.second_factor import PasswordAgain
from entrypoints.proxies import FORWARDED_HOST
from entrypoints.visits import visit_in

FLOW, BINDING = "emporia_oidc", "emporia_oidc_binding"
PATH = "/auth/oidc"
PAGE = "/#/oidc"

FlowCookie = Annotated[str, CookieParameter(name=FLOW)]
BindingCookie = Annotated[str, CookieParameter(name=BINDING)]
Text = Annotated[str, QueryParameter()]
State = Annotated[str, QueryParameter(name="state")]
Issuer = Annotated[str | None, QueryParameter(name="iss")]
Fresh = Annotated[bool, QueryParameter()]


@get(
    PATH,
    operation_id="offerProvider",
    summary="Which other account can people sign in with?",
    responses=examples.OFFER,
)
async def offer(read_identity: NamedDependency[ReadIdentity]) -> schemas.OfferedProvider:
    """Tell what to write on the button; null where there is to be none."""
    return schemas.OfferedProvider(read_identity.provider_name)


@get(
    f"{PATH}/start",
    status_code=303,
    operation_id="startOidc",
    summary="Go to the provider",
    opt={COSTLY: True},
    response_description="On to the provider.",
    responses=examples.START,
)
async def start(
    request: AnyRequest, begin_open_id: NamedDependency[BeginOpenId], fresh: Fresh = False
) -> Response[None]:
    """Send a browser to the provider; `fresh` has it ask for a proof anew.

    Where the provider does not answer, it is sent back to the page, which says so.
    """
    try:
        begun = await begin_open_id(return_address=_return_address(request), is_fresh=fresh)
    except ProviderUnavailable as error:
        return _onward(f"{PAGE}?error={failure_of(error).code}")
    return _onward(begun.address, _cookie(request, FLOW, begun.sealed_flow))


@get(
    f"{PATH}/callback",
    status_code=303,
    operation_id="finishOidc",
    summary="Come back from the provider",
    opt={COSTLY: True},
    response_description="On to the page, with a code for it or with the code of a failure.",
    responses=examples.CALLBACK,
)
async def finish(
    request: AnyRequest,
    finish_open_id: NamedDependency[FinishOpenId],
    flow: FlowCookie = "",
    echoed: State = "",
    code: Text = "",
    iss: Issuer = None,
) -> Response[None]:
    """Take a browser back. Whatever it comes with, it is sent to the page and nowhere else."""
    back = Return(
        sealed_flow=flow,
        state=echoed,
        code=code,
        issuer=iss,
        network=network_in(request.scope),
        visit=visit_in(request.scope),
    )
    over = _cookie(request, FLOW, "", seconds=0)
    try:
        ticket = await finish_open_id(back)
    except DomainError as error:
        failure = failure_of(error)
        if failure is INTERNAL:
            raise
        return _onward(f"{PAGE}?error={failure.code}", over)
    if ticket is None:
        return _onward(f"{PAGE}?joined", over)
    lasts = int(HAND_OVER_LASTS.total_seconds())
    binding = _cookie(request, BINDING, ticket.binding, seconds=lasts)
    return _onward(f"{PAGE}?code={ticket.code}", over, binding)


@post(
    f"{PATH}/token",
    status_code=200,
    operation_id="takeOverFromOidc",
    summary="Fetch the token after coming back",
    opt={WHEN_INCOMPLETE: CODE_MISSING, COSTLY: True},
    responses=examples.TAKE_OVER,
)
async def take_over(
    request: AnyRequest,
    data: JSONBody[schemas.HandOverCode],
    take_over: NamedDependency[TakeOver],
    binding: BindingCookie = "",
) -> Response[Token]:
    """Turn the code of the page's address into an access token: once, and within a minute."""
    token = await take_over(data.code, binding=binding, visit=visit_in(request.scope))
    return Response(Token(token), cookies=[_cookie(request, BINDING, "", seconds=0)])


@post(
    "/me/identities/oidc/start",
    status_code=200,
    operation_id="joinIdentity",
    summary="Join another account to mine",
    opt={COSTLY: True},
    responses=examples.JOIN,
)
async def join(
    data: JSONBody[PasswordAgain],
    request: CallerRequest,
    begin_joining: NamedDependency[BeginJoining],
) -> Response[schemas.WayToProvider]:
    """Get the address that the browser has to go to; it comes back to the page."""
    async with visiting(request) as visitor:
        password = data.password and CallersPassword(
            data.password, network=visitor.network, has_left=visitor.has_left
        )
        begun = await begin_joining(
            request.user, password or None, return_address=_return_address(request)
        )
    return Response(
        schemas.WayToProvider(begun.address), cookies=[_cookie(request, FLOW, begun.sealed_flow)]
    )


@get(
    "/me/identities",
    operation_id="listIdentities",
    summary="List what is joined to my account",
    responses=examples.LIST,
)
async def list_identities(
    request: CallerRequest, read_identity: NamedDependency[ReadIdentity]
) -> schemas.IdentityList:
    """Tell what can be signed in with beside the password."""
    identity = await read_identity(request.user)
    return schemas.IdentityList.of(identity, name=read_identity.provider_name or "")


@delete(
    "/me/identities/oidc",
    operation_id="leaveIdentity",
    summary="Part another account from mine",
    opt={COSTLY: True},
    response_description="Nobody can sign in with it any more.",
    responses=examples.LEAVE,
)
async def leave(
    data: JSONBody[PasswordAgain],
    request: CallerRequest,
    leave_identity: NamedDependency[LeaveIdentity],
) -> None:
    """Forget it; sessions that were begun with it go on."""
    async with visiting(request) as visitor:
        password = data.password and CallersPassword(
            data.password, network=visitor.network, has_left=visitor.has_left
        )
        await leave_identity(request.user, password or None)


def _return_address(request: AnyRequest) -> str:
    """Where the provider sends the browser back to: where it came from, as it calls us."""
    host = request.scope.get("state", {}).get(FORWARDED_HOST) or request.headers.get("Host", "")
    return f"{request.scope['scheme']}://{host}{PATH}/callback"


def _cookie(
    request: AnyRequest,
    name: str,
    value: str,
    *,
    seconds: int = int(FLOW_LASTS.total_seconds()),
) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        path=PATH,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=request.scope["scheme"] == "https",
    )


def _onward(address: str, *cookies: Cookie) -> Response[None]:
    return Response(None, status_code=303, headers={"Location": address}, cookies=cookies)


OF_STRANGERS = [offer, start, finish, take_over]
OF_CALLERS = [join, list_identities, leave]
