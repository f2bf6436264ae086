"""Which tenants there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.ports.accounts.tenants import Tenants
from domain.accounts.tenants import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTenants:
    """For the operator alone."""

    tenants: Tenants

    async def __call__(self) -> Sequence[Tenant]:
        """Every tenant but the default one, the oldest first."""
        return await self.tenants.all()
