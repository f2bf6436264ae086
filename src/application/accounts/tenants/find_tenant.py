"""Which tenant an operator means."""

from dataclasses import dataclass

from application.ports.accounts.tenants import Tenants
from domain.accounts.errors import TenantUnknown
from domain.accounts.tenants import Tenant, TenantId, TenantName
from domain.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTenant:
    """For the operator alone: finds a tenant by its name."""

    tenants: Tenants

    async def __call__(self, name: str) -> Tenant:
        """Raises TenantUnknown."""
        try:
            tenant = await self.tenants.with_name(TenantName(name))
        except InvalidInput:
            raise TenantUnknown(name) from None
        if tenant is None:
            raise TenantUnknown(name)
        return tenant

    async def id_of(self, name: str | None) -> TenantId | None:
        """Whose users are meant; None is the default tenant. Raises TenantUnknown."""
        return None if name is None else (await self(name)).id
