"""What Emporia told last, kept over a restart and told again while it can't be asked."""

from dataclasses import dataclass, field
from datetime import datetime

from application.ports.emporia.emporia_gateway import EmporiaGateway
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.last_answers import LastAnswer, LastAnswers
from domain.accounts.users import UserId
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.samples import UsageSample
from domain.emporia.usage import EnergyUnit, Scale

KEPT_EVERY_SECONDS = 60.0
"""A write costs an SD card more than a lost minute costs anybody."""

DEVICES = "devices"


@dataclass(slots=True, kw_only=True, eq=False)
class KeptAnswers:
    """Keeps the device list and the samples of an account, each at most once a minute."""

    last_answers: LastAnswers
    links: EmporiaLinkRepository
    gateway: EmporiaGateway
    kept: dict[tuple[AccountId, str], tuple[UserId, datetime, datetime]] = field(
        default_factory=dict
    )

    async def keep_customer(self, customer: Customer) -> None:
        """Keep a device list that lists something."""
        if customer.gids:
            answer = LastAnswer(document=customer.document, received_at=customer.received_at)
            await self._keep(customer.account, DEVICES, answer)

    async def keep_sample(self, account: AccountId, sample: UsageSample) -> None:
        """Keep a live sample that tells of something."""
        if sample.devices:
            answer = LastAnswer(document=sample.document.content, received_at=sample.received_at)
            await self._keep(account, _kind(sample.scale, sample.unit), answer)

    async def customer(self, account: AccountId) -> Customer | None:
        """The device list that was kept last; raises EmporiaUnreadable."""
        kept = await self.last_answers.of_account(account, DEVICES)
        if kept is None:
            return None
        return self.gateway.customer_in(kept.document, received_at=kept.received_at)

    async def sample(
        self, account: AccountId, *, scale: Scale, unit: EnergyUnit
    ) -> UsageSample | None:
        """The sample that was kept last, with the figures of the homes that were known then.

        Raises EmporiaUnreadable.
        """
        kept = await self.last_answers.of_account(account, _kind(scale, unit))
        if kept is None:
            return None
        sample = self.gateway.sample_in(kept.document, received_at=kept.received_at)
        customer = await self.customer(account)
        return sample if customer is None else sample.of_homes(customer.homes)

    async def _keep(self, account: AccountId, kind: str, answer: LastAnswer) -> None:
        link = await self._link(account)
        if link is None:
            return
        # Another link keeps its own, for what an older one kept was erased with that.
        known = self.kept.get((account, kind))
        if known is not None and known[:2] == (link.user_id, link.linked_at):
            age = answer.received_at - known[2]
            if 0 <= age.total_seconds() < KEPT_EVERY_SECONDS:
                return
        await self.last_answers.keep(link, kind, answer)
        self.kept[account, kind] = (link.user_id, link.linked_at, answer.received_at)

    async def _link(self, account: AccountId) -> EmporiaLink | None:
        """The oldest live link, through which polls go too."""
        links = await self.links.of_account(account)
        return next((link for link in links if not link.is_dead), None)


def _kind(scale: Scale, unit: EnergyUnit) -> str:
    return f"{scale.value} {unit.value}"
