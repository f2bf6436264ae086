"""Networks of sign-ins in memory."""

from datetime import datetime

from adapters.fake.store import InMemoryStore
from application.ports.accounts.known_networks import KnownNetworks
from domain.accounts.callers.networks import Network
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, User


class InMemoryKnownNetworks(KnownNetworks):
    """Remembers networks of the users in the same store, and forgets none by itself."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store

    async def remember(self, user: User, network: Network, *, at: datetime) -> None:
        if user.id in self._store.users:
            self._store.known_networks.setdefault(user.id, {})[network] = at

    async def contains(
        self,
        email: EmailAddress,
        network: Network,
        *,
        tenant_id: TenantId | None,
        since: datetime,
    ) -> bool:
        for user in self._store.users.values():
            if (user.tenant_id, user.email.key) == (tenant_id, email.key):
                seen_at = self._store.known_networks.get(user.id, {}).get(network)
                return seen_at is not None and seen_at >= since
        return False
