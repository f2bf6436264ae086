"""Another secret for a tenant."""

from dataclasses import dataclass
from datetime import timedelta

from application.accounts.tenants.find_tenant import FindTenant
from application.ports.accounts.tenants import Tenants
from application.ports.clock import Clock
from application.ports.randomness import Randomness
from domain.accounts.tenants import Tenant, TenantSecret


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateTenant:
    """For the operator alone: replaces the secret. The apiKey stays, and so does every login."""

    tenants: Tenants
    find_tenant: FindTenant
    clock: Clock
    randomness: Randomness

    async def __call__(
        self, name: str, *, overlap: timedelta = timedelta(0)
    ) -> tuple[Tenant, TenantSecret]:
        """The old secret stays good for the overlap, which by itself is nothing.

        Raises TenantUnknown, or InvalidInput for too long an overlap.
        """
        tenant = await self.find_tenant(name)
        secret = TenantSecret.of(self.randomness.number(bits=256))
        rotated = tenant.rotated(secret, now=self.clock.now(), overlap=overlap)
        await self.tenants.replace(rotated)
        return rotated, secret
