"""The devices of each account, asked for rarely: they change when an electrician comes."""

from dataclasses import dataclass, field

from application.emporia.calls import EmporiaCalls
from application.emporia.single_flight import SingleFlight
from application.ports.clock import Clock
from application.ports.emporia_gateway import EmporiaGateway
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.request_budget import Purpose

LISTING_AGE_SECONDS = 60.0
"""How old a device list may be that is shown to somebody."""

LOOKUP_AGE_SECONDS = 3600.0
"""How old a device list may be that only tells which devices there are."""


@dataclass(slots=True, kw_only=True, eq=False)
class DeviceDirectory:
    """Remembers each account's customer object; concurrent callers of a link share one request.

    Callers of another link to the account do not, for a link may die of its own.
    """

    gateway: EmporiaGateway
    calls: EmporiaCalls
    clock: Clock
    known: dict[AccountId, Customer] = field(default_factory=dict)
    requests: SingleFlight[Customer] = field(default_factory=SingleFlight)

    async def customer(
        self, link: EmporiaLink, purpose: Purpose, *, max_age_seconds: float
    ) -> Customer:
        """The customer, not older than asked; raises what EmporiaCalls raises."""
        customer = self.known.get(link.account)
        if customer is not None:
            age = self.clock.now() - customer.received_at
            if age.total_seconds() < max_age_seconds:
                return customer
        return await self.requests(
            (link.user_id, link.linked_at, purpose), lambda: self._fetch(link, purpose)
        )

    def learn(self, customer: Customer) -> None:
        """Keep what somebody else was told."""
        self.known[customer.account] = customer

    def forget(self, account: AccountId) -> None:
        """Ask anew next time, because what is known no longer fits."""
        self.known.pop(account, None)

    async def close(self) -> None:
        """Stop the requests that run."""
        await self.requests.close()

    async def _fetch(self, link: EmporiaLink, purpose: Purpose) -> Customer:
        customer = await self.calls(link, purpose, self.gateway.customer)
        self.known[link.account] = customer
        return customer
