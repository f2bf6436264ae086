"""A new tenant."""

from dataclasses import dataclass

from application.ports.accounts.tenants import Tenants
from application.ports.clock import Clock
from application.ports.randomness import Randomness
from domain.accounts.tenants import Tenant, TenantId, TenantName, TenantSecret, api_key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTenant:
    """For the operator alone: makes a tenant and shows its secret, this once."""

    tenants: Tenants
    clock: Clock
    randomness: Randomness

    async def __call__(self, name: str) -> tuple[Tenant, TenantSecret]:
        """Raises InvalidInput for a name that none can have, TenantNameTaken for a known one."""
        secret = TenantSecret.of(self.randomness.number(bits=256))
        tenant = Tenant(
            id=TenantId(self.randomness.identifier()),
            name=TenantName(name),
            api_key=api_key_of(self.randomness.number(bits=128)),
            secret_hash=secret.hash,
            created_at=self.clock.now(),
        )
        await self.tenants.add(tenant)
        return tenant, secret
