"""Removing what the utility's meter told."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.archive.exchange.known_customer import KnownCustomer
from application.emporia.cloud.usable_link import usable_link
from application.ports.billing.utility_readings import HomeMeter, KeptUtilityReadings
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.billing.errors import NoUtilityReadings
from domain.billing.events import UtilityReadingsErased
from domain.emporia.homes import named_home


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveUtilityReadings:
    """Erases all of a home's."""

    links: EmporiaLinkRepository
    customers: KnownCustomer
    kept: KeptUtilityReadings
    events: Events

    async def __call__(self, caller: Caller, *, home: int | None) -> None:
        """Raises what ReadUtilityReadings raises."""
        link = await usable_link(self.links, caller)
        customer = await self.customers(link)
        meter = HomeMeter.of(link.account, named_home(customer.homes, home))
        if not await self.kept.remove(meter):
            raise NoUtilityReadings
        await self.events.publish(UtilityReadingsErased())
