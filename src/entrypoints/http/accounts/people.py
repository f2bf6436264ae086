"""Accounts of the gateway: signing up, logging in and out, and leaving."""

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.accounts.delete_account import DeleteAccount
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.register import Register, Registration
from application.accounts.sessions.log_in import Credentials, LogIn
from application.accounts.sessions.log_out import LogOut
from application.accounts.sessions.renew_token import RenewToken
from application.emporia.read_profile import ReadProfile
from domain.accounts.callers.actors import Actor
from entrypoints.http.answers.errors import WHEN_INCOMPLETE
from entrypoints.http.answers.examples import accounts as examples
from entrypoints.http.answers.refusals import CREDENTIALS_MISSING, PASSWORD_MISSING
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.clients import ClientRequest
from entrypoints.http.requests.limits import COSTLY
from entrypoints.http.requests.visitors import visiting
from entrypoints.http.schemas import contract as schemas
from entrypoints.http.schemas.second_factor import Login
from entrypoints.visits import visit_in


@post(
    "/signup",
    operation_id="signUp",
    summary="Sign up",
    opt={WHEN_INCOMPLETE: CREDENTIALS_MISSING, COSTLY: True},
    responses=examples.SIGN_UP,
)
async def sign_up(
    request: ClientRequest,
    data: JSONBody[schemas.Credentials],
    register: NamedDependency[Register],
) -> schemas.SignedUp:
    """Open an account, where the operator lets people. Emails are compared in whatever case."""
    async with visiting(request) as visitor:
        user = await register(
            Registration(
                email=data.email,
                password=data.password,
                tenant_id=request.auth,
                network=visitor.network,
                has_left=visitor.has_left,
                by=Actor.visitor(visit_in(request.scope)),
            )
        )
    return schemas.SignedUp.of(user)


@post(
    "/login",
    status_code=200,
    operation_id="logIn",
    summary="Log in",
    opt={WHEN_INCOMPLETE: CREDENTIALS_MISSING, COSTLY: True},
    responses=examples.LOG_IN,
)
async def log_in(
    request: ClientRequest, data: JSONBody[Login], log_in: NamedDependency[LogIn]
) -> schemas.Token:
    """Turn email and password into an access token, a JWT that is good for an hour by default.

    A user who switched a second factor on sends a code of the app, or a recovery code, too.
    """
    async with visiting(request) as visitor:
        token = await log_in(
            Credentials(
                email=data.email,
                password=data.password,
                code=data.typed_code,
                tenant_id=request.auth,
                network=visitor.network,
                visit=visit_in(request.scope),
                has_left=visitor.has_left,
            )
        )
    return schemas.Token(token)


@get(
    "/me",
    operation_id="readMe",
    summary="Read my account",
    responses=examples.READ_ME,
)
async def read_me(request: CallerRequest, read_profile: NamedDependency[ReadProfile]) -> schemas.Me:
    """Tell who the token's account is; `emporiaUsername` is null until one is linked."""
    return schemas.Me.of(await read_profile(request.user))


@delete(
    "/me",
    operation_id="deleteMe",
    summary="Delete my account",
    opt={WHEN_INCOMPLETE: PASSWORD_MISSING, COSTLY: True},
    response_description="The account is gone.",
    responses=examples.DELETE_ME,
)
async def delete_me(
    data: JSONBody[schemas.PasswordProof],
    request: CallerRequest,
    delete_account: NamedDependency[DeleteAccount],
) -> None:
    """Erase the account and all that was stored for it."""
    async with visiting(request) as visitor:
        await delete_account(
            request.user,
            CallersPassword(data.password, network=visitor.network, has_left=visitor.has_left),
        )


@post(
    "/token",
    status_code=200,
    operation_id="renewToken",
    summary="Renew my token",
    responses=examples.RENEW_TOKEN,
)
async def renew_token(
    request: CallerRequest, renew_token: NamedDependency[RenewToken]
) -> schemas.Token:
    """Get a fresh token while the old one is good, up to 30 days after the login by default."""
    return schemas.Token(await renew_token(request.user))


@post(
    "/logout",
    status_code=204,
    operation_id="logOut",
    summary="Log out",
    response_description="The login is over.",
    responses=examples.LOG_OUT,
)
async def log_out(request: CallerRequest, log_out: NamedDependency[LogOut]) -> None:
    """End the token, and what was renewed from the same login, at once; its streams close."""
    await log_out(request.user)


OF_CALLERS = [read_me, delete_me, renew_token, log_out]
