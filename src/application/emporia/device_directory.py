"""The devices of each account, asked for rarely: they change when an electrician comes."""

from dataclasses import dataclass, field

from application.emporia.cloud.calls import EmporiaCalls
from application.emporia.cloud.single_flight import SingleFlight
from application.ports.clock import Clock
from application.ports.emporia.emporia_gateway import EmporiaGateway
from application.ports.events import Events
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Customer
from domain.emporia.events import DevicesListed
from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.listings import BELIEVED_SECONDS, Listing, listing_after
from domain.errors import EmporiaUnreadable

LISTING_AGE_SECONDS = 60.0
"""How old a device list may be that is shown to somebody."""

LOOKUP_AGE_SECONDS = BELIEVED_SECONDS
"""How old a device list may be that only tells which devices there are."""


@dataclass(slots=True, kw_only=True, eq=False)
class DeviceDirectory:
    """Remembers each account's customer object; concurrent callers of a link share one request.

    Callers of another link to the account do not, for a link may die of its own.
    """

    gateway: EmporiaGateway
    calls: EmporiaCalls
    events: Events
    clock: Clock
    listings: dict[AccountId, Listing] = field(default_factory=dict)
    learnt_at: dict[AccountId, float] = field(default_factory=dict)
    requests: SingleFlight[Customer] = field(default_factory=SingleFlight)

    async def customer(
        self, link: EmporiaLink, purpose: Purpose, *, max_age_seconds: float
    ) -> Customer:
        """The customer, not older than asked, nor than the list is believed.

        Raises what EmporiaCalls raises, and EmporiaUnreadable for the list of another account.
        """
        listing = self.listings.get(link.account)
        if listing is not None:
            # However the wall clock was set since.
            age = self.clock.monotonic() - self.learnt_at[link.account]
            if age < min(max_age_seconds, listing.believed_seconds):
                return listing.customer
        return await self.requests(
            (link.user_id, link.linked_at, purpose), lambda: self._fetch(link, purpose)
        )

    def newest(self, account: AccountId) -> Customer | None:
        """What was listed last, however old."""
        listing = self.listings.get(account)
        return None if listing is None else listing.customer

    def learn(self, customer: Customer) -> None:
        """Keep what somebody else was told."""
        before = self.listings.get(customer.account)
        self.listings[customer.account] = listing_after(before, customer)
        self.learnt_at[customer.account] = self.clock.monotonic()

    def forget(self, account: AccountId) -> None:
        """Ask anew next time, because what is known no longer fits."""
        self.listings.pop(account, None)

    async def close(self) -> None:
        """Stop the requests that run."""
        await self.requests.close()

    async def _fetch(self, link: EmporiaLink, purpose: Purpose) -> Customer:
        customer = await self.calls(link, purpose, self.gateway.customer)
        if customer.account != link.account:
            # Kept, it would show one home's devices to the people of another.
            raise EmporiaUnreadable
        self.learn(customer)
        await self.events.publish(DevicesListed(customer=customer))
        return customer
