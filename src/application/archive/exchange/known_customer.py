"""The device list for whoever can do with an old one."""

from dataclasses import dataclass

from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.devices import Customer
from domain.emporia.links import EmporiaLink
from domain.errors import BudgetSpent, EmporiaError


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCustomer:
    """Emporia is asked where it can be, and the last answer is taken where it can't."""

    directory: DeviceDirectory
    kept_answers: KeptAnswers

    async def __call__(self, link: EmporiaLink) -> Customer:
        """Raises an EmporiaError or BudgetSpent where no device list is known."""
        try:
            return await self.directory.customer(
                link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
            )
        except (EmporiaError, BudgetSpent):
            kept = await self.kept_answers.customer(link.account)
            if kept is None:
                raise
            return kept
