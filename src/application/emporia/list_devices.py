"""Which devices are there."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.emporia.device_directory import LISTING_AGE_SECONDS, DeviceDirectory
from application.emporia.usable_link import usable_link
from application.ports.emporia_links import EmporiaLinkRepository
from domain.emporia.request_budget import Purpose
from domain.emporia.usage import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDevices:
    """Hands on Emporia's customer object, asked for at most once a minute."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory

    async def __call__(self, caller: Caller) -> Document:
        """Raises NotLinked, LinkDead, BudgetSpent or an EmporiaError."""
        link = await usable_link(self.links, caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LISTING_AGE_SECONDS
        )
        return customer.document
