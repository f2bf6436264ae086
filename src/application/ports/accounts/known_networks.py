"""From where somebody has signed in before."""

from datetime import datetime
from typing import Protocol

from domain.accounts.callers.networks import Network
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress, User


class KnownNetworks(Protocol):
    """Remembers networks without being able to tell them: only who names one can ask for it."""

    async def remember(self, user: User, network: Network, *, at: datetime) -> None:
        """Remember that the user signed in from there; erased with the user.

        Does nothing when the account is gone. Few networks a user are kept, the latest ones.
        """
        ...

    async def contains(
        self,
        email: EmailAddress,
        network: Network,
        *,
        tenant_id: TenantId | None,
        since: datetime,
    ) -> bool:
        """Whether the owner of the email in the tenant signed in from there since then.

        Takes the same time whether or not anybody has the email; None is the default tenant.
        """
        ...
