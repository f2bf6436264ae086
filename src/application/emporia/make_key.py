"""A new API key, whose limits name devices and circuits that there are."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.accounts.keys.create_key import CreateKey, KeyRequest
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.accounts.keys import ApiKey, KeySecret
from domain.emporia.cloud.budget_shares import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeKey:
    """Looks at a key's limits before the key is made."""

    create_key: CreateKey
    links: EmporiaLinkRepository
    directory: DeviceDirectory

    async def __call__(self, caller: Caller, request: KeyRequest) -> tuple[ApiKey, KeySecret]:
        """Raises what CreateKey raises; UnknownDevice or UnknownSeries for limits not to be had.

        Where there are limits, NotLinked, LinkDead and what EmporiaCalls raises too.
        """
        if request.limits is not None:
            link = await usable_link(self.links, caller)
            customer = await self.directory.customer(
                link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
            )
            customer.require_limits(request.limits)
        return await self.create_key(caller, request)
