"""Linking an Emporia account."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.emporia.find_account import FindAccount
from application.emporia.sign_in import SignInAtEmporia
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.emporia.errors import PasswordNotKept
from domain.emporia.events import EmporiaPasswordKept, EmporiaPasswordsErased, LinkMade
from domain.emporia.links import EmporiaCredentials, EmporiaLink


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequest:
    """Who links which Emporia account.

    The password is used once, and kept only where both the user and the operator want that.
    """

    caller: Caller
    emporia_username: str
    emporia_password: str = field(repr=False)
    keep_password: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEmporia:
    """Proves the Emporia password, keeps the tokens, and lets it be known.

    A password that was kept with the former link goes with it.
    """

    sign_in: SignInAtEmporia
    find_account: FindAccount
    links: EmporiaLinkRepository
    events: Events
    clock: Clock
    may_keep_passwords: bool = False

    async def __call__(self, request: LinkRequest) -> None:
        """Raises an EmporiaError, and leaves what was linked before, when Emporia says no.

        Raises EmporiaSignInPaused after too many refusals, InvalidInput for what is too long,
        PasswordNotKept where none may be kept, and UserNotFound when the user leaves meanwhile.
        """
        if request.keep_password and not self.may_keep_passwords:
            raise PasswordNotKept
        credentials = EmporiaCredentials(
            username=request.emporia_username, password=request.emporia_password
        )
        user_id = request.caller.user.id
        sign_in = await self.sign_in(user_id, credentials)
        link = EmporiaLink(
            user_id=user_id,
            account=await self.find_account(user_id, sign_in),
            subject=sign_in.subject,
            emporia_username=credentials.username,
            linked_at=self.clock.now(),
            tokens=sign_in.tokens,
            signed_in_at=sign_in.tokens.issued_at,
            keeps_password=request.keep_password,
        )
        password = credentials.password if request.keep_password else None
        former = await self.links.of_user(user_id)
        await self.links.save(link, password=password)
        actor = request.caller.actor
        await self.events.publish(LinkMade(user_id=user_id, account=link.account, by=actor))
        if former is not None and former.keeps_password:
            await self.events.publish(EmporiaPasswordsErased())
        if request.keep_password:
            await self.events.publish(
                EmporiaPasswordKept(user_id=user_id, account=link.account, by=actor)
            )
