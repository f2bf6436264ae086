"""Which devices are there."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LISTING_AGE_SECONDS, DeviceDirectory
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Customer


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDevices:
    """Tells what Emporia says of its customer, asked for at most once a minute."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory

    async def __call__(self, caller: Caller) -> Customer:
        """Raises NotLinked, LinkDead, BudgetSpent or an EmporiaError."""
        link = await usable_link(self.links, caller)
        return await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LISTING_AGE_SECONDS
        )
