"""Linking an Emporia account."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.emporia.device_directory import DeviceDirectory
from application.emporia.request_budgets import RequestBudgets
from application.emporia.sign_in import SignInAtEmporia
from application.ports.clock import Clock
from application.ports.emporia_gateway import EmporiaGateway
from application.ports.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.emporia.events import LinkMade
from domain.emporia.links import AccountId, EmporiaCredentials, EmporiaLink, EmporiaSignIn
from domain.errors import EmporiaTokenRefused, EmporiaUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequest:
    """Who links which Emporia account; the password is used once and never kept."""

    caller: Caller
    emporia_username: str
    emporia_password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEmporia:
    """Proves the Emporia password, keeps the tokens, and lets it be known."""

    sign_in: SignInAtEmporia
    gateway: EmporiaGateway
    links: EmporiaLinkRepository
    directory: DeviceDirectory
    budgets: RequestBudgets
    events: Events
    clock: Clock

    async def __call__(self, request: LinkRequest) -> None:
        """Raises an EmporiaError, and leaves what was linked before, when Emporia says no.

        Raises EmporiaSignInPaused after too many refusals, InvalidInput for what is too long, and
        UserNotFound when the user leaves meanwhile.
        """
        credentials = EmporiaCredentials(
            username=request.emporia_username, password=request.emporia_password
        )
        user_id = request.caller.user.id
        sign_in = await self.sign_in(user_id, credentials)
        link = EmporiaLink(
            user_id=user_id,
            account=await self._account(sign_in),
            subject=sign_in.subject,
            emporia_username=credentials.username,
            linked_at=self.clock.now(),
            tokens=sign_in.tokens,
        )
        await self.links.save(link)
        await self.events.publish(LinkMade(user_id=user_id, account=link.account))

    async def _account(self, sign_in: EmporiaSignIn) -> AccountId:
        """Whose devices these are: known from a link before, or asked for."""
        known = await self.links.account_of(sign_in.subject)
        if known is not None:
            return known
        try:
            customer = await self.gateway.customer(sign_in.tokens)
        except EmporiaTokenRefused:
            raise EmporiaUnavailable from None  # the token is a second old
        await self.budgets.record(customer.account)
        self.directory.learn(customer)
        return customer.account
