"""Which tariffs somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.billing.tariffs import Tariffs
from domain.billing.tariffs.kept import KeptTariff


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTariffs:
    """Tells a user's tariffs."""

    tariffs: Tariffs

    async def __call__(self, caller: Caller) -> Sequence[KeptTariff]:
        """The oldest first."""
        return await self.tariffs.of_user(caller.user.id)
