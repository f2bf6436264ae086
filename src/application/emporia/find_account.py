"""Finding out whose devices somebody has just proved the password of."""

from dataclasses import dataclass

from application.emporia.cloud.calls import OUTAGES
from application.emporia.cloud.outages import Outages
from application.emporia.cloud.request_budgets import RequestBudgets
from application.emporia.device_directory import DeviceDirectory
from application.ports.emporia.emporia_gateway import EmporiaGateway
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.accounts.users import UserId
from domain.emporia.cloud.breaker import Trouble
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId, EmporiaSignIn, EmporiaTokens
from domain.errors import EmporiaTokenRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAccount:
    """Knows the account from a link before, or asks for it where Emporia may answer."""

    gateway: EmporiaGateway
    links: EmporiaLinkRepository
    directory: DeviceDirectory
    budgets: RequestBudgets
    outages: Outages

    async def __call__(self, user_id: UserId, sign_in: EmporiaSignIn) -> AccountId:
        """Raises an EmporiaError; in an outage that is known it asks nothing."""
        known = await self.links.account_of(sign_in.subject)
        if known is not None:
            return known
        customer = await self._customer(user_id, sign_in.tokens)
        await self.budgets.record(customer.account)
        self.directory.learn(customer)
        return customer.account

    async def _customer(self, user_id: UserId, tokens: EmporiaTokens) -> Customer:
        permit = await self.outages.begin(user_id)
        try:
            customer = await self.gateway.customer(tokens)
        except (*OUTAGES, EmporiaTokenRefused) as failure:
            # The token is a second old: where it is refused, Emporia fails.
            raise await self.outages.fail(
                user_id, permit, Trouble.of(failure), failure
            ) from failure
        else:
            await self.outages.succeed(customer.account, permit)
            return customer
        finally:
            await self.outages.give_up(permit)
