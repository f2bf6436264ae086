"""Where tenants are kept."""

from collections.abc import Sequence
from typing import Protocol

from domain.accounts.tenants import Tenant, TenantId, TenantName


class Tenants(Protocol):
    """Keeps tenants; every change is durable when the method returns."""

    async def add(self, tenant: Tenant) -> None:
        """Keep a new tenant; raises TenantNameTaken when another has the same name."""
        ...

    async def all(self) -> Sequence[Tenant]:
        """Every tenant, the oldest first."""
        ...

    async def with_name(self, name: TenantName) -> Tenant | None:
        """The tenant, None when there is none."""
        ...

    async def with_key(self, api_key: str) -> Tenant | None:
        """The tenant whose apiKey this is, None when there is none."""
        ...

    async def replace(self, tenant: Tenant) -> None:
        """Keep other secrets of the tenant; does nothing when it is gone."""
        ...

    async def remove(self, tenant_id: TenantId) -> None:
        """Erase the tenant, its users and all that was stored for them, at once or not at all."""
        ...
