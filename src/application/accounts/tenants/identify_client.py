"""Which tenant a client app belongs to, when it signs people up or logs them in."""

from dataclasses import dataclass

from application.ports.accounts.tenants import Tenants
from application.ports.clock import Clock
from domain.accounts.errors import UnknownClient
from domain.accounts.tenants import TenantId, TenantSecret, is_api_key, is_secret_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    """An apiKey and a secret as they were sent."""

    api_key: str
    secret: TenantSecret


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyClient:
    """Turns what a client app shows of itself into its tenant.

    Where there is no tenant, whatever it shows counts for nothing, as it did before there could
    be any; but for an apiKey: one of a tenant that was removed must not lead into the default one.
    """

    tenants: Tenants
    clock: Clock
    is_required: bool = False

    def without_credentials(self) -> TenantId | None:
        """The default tenant, which is None; raises UnknownClient where credentials are needed."""
        if self.is_required:
            raise UnknownClient
        return None

    async def __call__(self, credentials: ClientCredentials | None) -> TenantId | None:
        """The tenant; credentials are None where something was sent that can't be read.

        Raises UnknownClient.
        """
        if credentials is not None:
            tenant = await self.tenants.with_key(credentials.api_key)
            if is_secret_of(tenant, credentials.secret, now=self.clock.now()) and tenant:
                return tenant.id
        names_a_tenant = credentials is not None and is_api_key(credentials.api_key)
        if self.is_required or names_a_tenant or await self.tenants.all():
            raise UnknownClient
        return None
