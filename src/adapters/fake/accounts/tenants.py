"""Tenants in memory."""

from collections.abc import Sequence

from adapters.fake.store import InMemoryStore
from application.ports.accounts.tenants import Tenants
from domain.accounts.errors import TenantNameTaken
from domain.accounts.tenants import Tenant, TenantId, TenantName


class InMemoryTenants(Tenants):
    """Keeps the tenants of the users in the same store."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def add(self, tenant: Tenant) -> None:
        if await self.with_name(tenant.name) is not None:
            raise TenantNameTaken(tenant.name.value)
        self._store.tenants[tenant.id] = tenant

    async def all(self) -> Sequence[Tenant]:
        return sorted(self._store.tenants.values(), key=lambda tenant: tenant.created_at)

    async def with_name(self, name: TenantName) -> Tenant | None:
        tenants = self._store.tenants.values()
        return next((tenant for tenant in tenants if tenant.name == name), None)

    async def with_key(self, api_key: str) -> Tenant | None:
        tenants = self._store.tenants.values()
        return next((tenant for tenant in tenants if tenant.api_key == api_key), None)

    async def replace(self, tenant: Tenant) -> None:
        if tenant.id in self._store.tenants:
            self._store.tenants[tenant.id] = tenant

    async def remove(self, tenant_id: TenantId) -> None:
        self._store.tenants.pop(tenant_id, None)
        for user in tuple(self._store.users.values()):
            if user.tenant_id == tenant_id:
                self._store.erase_user(user.id)
