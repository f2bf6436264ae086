"""Logins as sessions: which there are, ending them, and another password."""

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.accounts.passwords.change_password import ChangePassword, PasswordChange
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.sessions.end_sessions import EndOtherSessions, EndSession
from application.accounts.sessions.list_sessions import ListSessions
from entrypoints.http.answers.errors import WHEN_INCOMPLETE
from entrypoints.http.answers.examples import sessions as examples
from entrypoints.http.answers.refusals import NEW_PASSWORD_MISSING
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.limits import COSTLY
from entrypoints.http.requests.visitors import visiting
from entrypoints.http.schemas import accounts as schemas


@get(
    "/me/sessions",
    operation_id="listSessions",
    summary="List my sessions",
    responses=examples.LIST_SESSIONS,
)
async def list_sessions(
    request: CallerRequest, list_sessions: NamedDependency[ListSessions]
) -> schemas.SessionList:
    """Tell which logins are going on, the last used first; when is told to the minute."""
    caller = request.user
    return schemas.SessionList.of(await list_sessions(caller), current=caller.claims.login_id)


@delete(
    "/me/sessions/{session_id:str}",
    operation_id="endSession",
    summary="End one of my sessions",
    response_description="The session is over.",
    responses=examples.END_SESSION,
)
async def end_session(
    session_id: FromPath[str], request: CallerRequest, end_session: NamedDependency[EndSession]
) -> None:
    """End a login with all its tokens; its streams close at once."""
    await end_session(request.user, session_id)


@delete(
    "/me/sessions",
    operation_id="endOtherSessions",
    summary="End my other sessions",
    response_description="Only this session is left.",
    responses=examples.END_OTHER_SESSIONS,
)
async def end_other_sessions(
    request: CallerRequest, end_other_sessions: NamedDependency[EndOtherSessions]
) -> None:
    """End every login but the one of this token; their streams close at once."""
    await end_other_sessions(request.user)


@post(
    "/me/password",
    status_code=204,
    operation_id="changePassword",
    summary="Change my password",
    opt={WHEN_INCOMPLETE: NEW_PASSWORD_MISSING, COSTLY: True},
    response_description="The new password holds, and all other sessions are over.",
    responses=examples.CHANGE_PASSWORD,
)
async def change_password(
    data: JSONBody[schemas.PasswordChange],
    request: CallerRequest,
    change_password: NamedDependency[ChangePassword],
) -> None:
    """Replace the password. Every other session ends; API keys go on."""
    async with visiting(request) as visitor:
        old = CallersPassword(data.password, network=visitor.network, has_left=visitor.has_left)
        await change_password(request.user, PasswordChange(old=old, new=data.new_password))


OF_CALLERS = [list_sessions, end_session, end_other_sessions, change_password]
