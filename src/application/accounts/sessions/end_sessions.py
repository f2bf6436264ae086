"""Ending sessions: one, or all but one's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.accounts.access import AccessPolicy, Caller
from application.ports.accounts.ended_logins import EndedLogins
from application.ports.accounts.sessions import Sessions
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.errors import SessionUnknown
from domain.accounts.events import LoginEnded, OtherLoginsEnded
from domain.accounts.users import UserId
from domain.errors import AccessTokenInvalid


async def after_all(sessions: Sessions, user_id: UserId, now: datetime) -> datetime:
    """The first instant (UTC), now or later, before which every session of the user began.

    Later, where one began at this very instant, or before the clock was set back.
    """
    begun = [session.begun_at for session in await sessions.of_user(user_id, at=now)]
    return max([now, *(at + timedelta(microseconds=1) for at in begun)])


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """Ends one login, all its tokens and its streams."""

    ended_logins: EndedLogins
    sessions: Sessions
    events: Events
    clock: Clock
    policy: AccessPolicy

    async def __call__(self, caller: Caller, login_id: str) -> None:
        """It is over when this returns; raises SessionUnknown where the caller has no such one."""
        session = await self.sessions.with_id(login_id)
        if session is None or session.user_id != caller.user.id:
            raise SessionUnknown
        ended = LoginEnded(
            user_id=session.user_id,
            login_id=login_id,
            session_name=session.name,
            reason="ended",
            by=caller.actor,
        )
        await self.end(
            ended, until=max(session.ends_at, self.clock.now() + self.policy.token_lifetime)
        )

    async def end(self, ended: LoginEnded, *, until: datetime) -> None:
        """End this login, of which no token lives longer than that (UTC), and tell so."""
        await self.ended_logins.add(ended.login_id, user_id=ended.user_id, until=until)
        await self.sessions.forget(ended.login_id)
        await self.events.publish(ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOtherSessions:
    """Ends every login of the caller but the one they call with, and the streams of those."""

    users: UserRepository
    sessions: Sessions
    events: Events
    clock: Clock

    async def __call__(self, caller: Caller) -> None:
        """They are over when this returns, whether or not they were ever listed.

        Raises AccessTokenInvalid where the caller's own was ended by another of them meanwhile.
        """
        own = caller.claims.login
        before = await after_all(self.sessions, caller.user.id, self.clock.now())
        if not await self.users.end_logins(caller.user.id, before=before, spared=own):
            raise AccessTokenInvalid
        await self.told(caller)

    async def told(self, caller: Caller) -> None:
        """Tell that every other login of the caller is over."""
        login_id = caller.claims.login_id
        ended = await self.sessions.forget_others(caller.user.id, kept=login_id)
        await self.events.publish(
            OtherLoginsEnded(
                user_id=caller.user.id, kept_login_id=login_id, ended=ended, by=caller.actor
            )
        )
