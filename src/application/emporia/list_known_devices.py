"""Which devices are there, as far as anybody knows while Emporia can't be asked."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.cloud.usable_link import usable_link
from application.emporia.list_devices import ListDevices
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.emporia.devices import Customer
from domain.errors import BudgetSpent, EmporiaError


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDevices:
    """Emporia's customer; `age_seconds` is None where Emporia has just been asked."""

    customer: Customer
    age_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKnownDevices:
    """Falls back on the list that was kept last."""

    list_devices: ListDevices
    kept_answers: KeptAnswers
    links: EmporiaLinkRepository
    clock: Clock

    async def __call__(self, caller: Caller, *, accept_old: bool) -> KnownDevices:
        """Raises what ListDevices raises; with `accept_old` an outage only where none was kept."""
        try:
            return KnownDevices(customer=await self.list_devices(caller), age_seconds=None)
        except (EmporiaError, BudgetSpent):
            if not accept_old:
                raise
            link = await usable_link(self.links, caller)
            kept = await self.kept_answers.customer(link.account)
            if kept is None:
                raise
        age = self.clock.now() - kept.received_at
        return KnownDevices(customer=kept, age_seconds=max(0.0, age.total_seconds()))
