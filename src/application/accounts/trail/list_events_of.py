"""What happened to somebody's account, for the operator."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.ports.accounts.trail import Trail
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from domain.accounts.tenants import TenantId
from domain.accounts.trail import MOST_OF_A_USER, TrailLine, kept_since
from domain.accounts.users import EmailAddress
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEventsOf:
    """For the operator alone: the trail of the user with an email."""

    users: UserRepository
    trail: Trail
    clock: Clock
    days: int

    async def __call__(
        self, email: str, *, tenant_id: TenantId | None = None
    ) -> Sequence[TrailLine]:
        """All their lines, the newest first.

        Raises InvalidInput for what is no email, UserNotFound where nobody in the tenant has
        it; None is the default tenant.
        """
        user = await self.users.with_email(EmailAddress(email), tenant_id=tenant_id)
        if user is None:
            raise UserNotFound
        since = kept_since(self.clock.now(), days=self.days)
        return await self.trail.of_user(user.id, since=since, before=None, most=MOST_OF_A_USER)
