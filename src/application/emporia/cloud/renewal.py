"""How a link comes by fresh tokens: by its refresh token, or by a password that may be kept."""

from dataclasses import dataclass
from datetime import datetime

from application.emporia.sign_in import REFUSED, SignInAtEmporia
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.emporia_user_pool import EmporiaUserPool
from application.ports.events import Events
from domain.emporia.events import EmporiaPasswordForgotten
from domain.emporia.links import (
    EmporiaCredentials,
    EmporiaLink,
    EmporiaSignIn,
    EmporiaTokens,
    LinkLife,
)
from domain.errors import (
    EmporiaClockDiffers,
    EmporiaSignInPaused,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    PasswordsBusy,
)

OUTAGES = (EmporiaUnavailable, EmporiaTimedOut, EmporiaUnreadable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """Fresh tokens, and when the sign-in was that their refresh token is of (UTC)."""

    tokens: EmporiaTokens
    signed_in_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewTokens:
    """Asks for tokens once. Of two at a time for one link nothing good comes: let it not happen.

    A kept password is used in the last days of a link, and when its refresh token is refused. The
    first time that Emporia refuses it, it is forgotten; an outage is no refusal.
    """

    links: EmporiaLinkRepository
    user_pool: EmporiaUserPool
    sign_in: SignInAtEmporia
    events: Events
    clock: Clock
    life: LinkLife
    may_keep_passwords: bool

    async def __call__(self, link: EmporiaLink, tokens: EmporiaTokens) -> Renewed:
        """The link's tokens are handed in, for it has some; what comes is not kept here.

        Raises EmporiaTokenRefused when the link is at its end, EmporiaUnavailable,
        EmporiaTimedOut or EmporiaUnreadable.
        """
        trouble: EmporiaUnavailable | EmporiaTimedOut | EmporiaUnreadable | None = None
        if link.keeps_password and self.life.is_ending(link, self.clock.now()):
            try:
                if (renewed := await self._by_password(link)) is not None:
                    return renewed
            except OUTAGES as failure:
                trouble = failure
        try:
            return Renewed(
                tokens=await self.user_pool.refresh(tokens), signed_in_at=link.signed_in_at
            )
        except EmporiaTokenRefused:
            if trouble is not None:  # one try is enough: the next refresh makes another
                raise trouble from None
            if (renewed := await self._by_password(link)) is None:
                raise
            return renewed

    async def _by_password(self, link: EmporiaLink) -> Renewed | None:
        """None where no password is kept that Emporia takes."""
        password = await self.links.password_of(link) if self.may_keep_passwords else None
        if password is None:
            return None
        sign_in = await self._sign_in(link, password)
        if sign_in is None or sign_in.subject != link.subject:
            await self._forget(link)
            return None
        return Renewed(tokens=sign_in.tokens, signed_in_at=sign_in.tokens.issued_at)

    async def _sign_in(self, link: EmporiaLink, password: str) -> EmporiaSignIn | None:
        """None where Emporia refuses; what says nothing of the password is an outage."""
        credentials = EmporiaCredentials(username=link.emporia_username, password=password)
        try:
            return await self.sign_in(link.user_id, credentials)
        except EmporiaClockDiffers as wrong_clock:
            raise EmporiaUnavailable(str(wrong_clock)) from None
        except (EmporiaSignInPaused, PasswordsBusy) as pause:
            raise EmporiaUnavailable(retry_after_seconds=pause.retry_after_seconds) from None
        except REFUSED:
            return None

    async def _forget(self, link: EmporiaLink) -> None:
        if await self.links.replace_tokens(link.without_password(), instead_of=link.tokens):
            await self.events.publish(
                EmporiaPasswordForgotten(user_id=link.user_id, account=link.account)
            )
