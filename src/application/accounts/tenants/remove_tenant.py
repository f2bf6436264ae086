"""Erasing a tenant."""

from dataclasses import dataclass

from application.accounts.tenants.find_tenant import FindTenant
from application.ports.accounts.tenants import Tenants
from application.ports.accounts.users import UserRepository
from application.ports.events import Events
from domain.accounts.callers.actors import OPERATOR
from domain.accounts.events import UserRemoved


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTenant:
    """For the operator alone: erases a tenant, its users and all that was stored for them."""

    tenants: Tenants
    users: UserRepository
    find_tenant: FindTenant
    events: Events

    async def __call__(self, name: str) -> int:
        """How many users went with it; raises TenantUnknown."""
        tenant = await self.find_tenant(name)
        gone = [user for user in await self.users.all() if user.tenant_id == tenant.id]
        await self.tenants.remove(tenant.id)
        for user in gone:
            await self.events.publish(UserRemoved(user_id=user.id, by=OPERATOR))
        return len(gone)
