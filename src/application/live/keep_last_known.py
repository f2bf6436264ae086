"""The newest of what is known of an account outlives a restart."""

from dataclasses import dataclass

from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.device_directory import DeviceDirectory
from application.ports.events import Events
from domain.emporia.events import DevicesListed, LinkMade
from domain.emporia.links import AccountId
from domain.live.events import SampleTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepLastKnown:
    """Hands samples on to be kept, and the device list that stands behind them."""

    kept_answers: KeptAnswers
    directory: DeviceDirectory

    def listen(self, events: Events) -> None:
        """Hear of device lists, links and samples."""
        events.subscribe(DevicesListed, self._keep_devices)
        events.subscribe(LinkMade, self._keep_list)
        events.subscribe(SampleTaken, self._keep_sample)

    async def _keep_devices(self, event: DevicesListed) -> None:
        await self.kept_answers.keep_customer(event.customer)

    async def _keep_list(self, event: LinkMade) -> None:
        await self._keep_list_of(event.account)

    async def _keep_sample(self, event: SampleTaken) -> None:
        await self._keep_list_of(event.account)
        await self.kept_answers.keep_sample(event.account, event.sample)

    async def _keep_list_of(self, account: AccountId) -> None:
        customer = self.directory.newest(account)
        if customer is not None:
            await self.kept_answers.keep_customer(customer)
