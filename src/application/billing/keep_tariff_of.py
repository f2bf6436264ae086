"""A tariff for somebody who need not be there."""

from dataclasses import dataclass

from application.billing.keep_tariff import KeepTariff
from application.ports.accounts.users import UserRepository
from domain.accounts.tenants import TenantId
from domain.accounts.users import EmailAddress
from domain.billing.tariffs.kept import KeptTariff
from domain.billing.tariffs.tariff import Tariff
from domain.errors import UserNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTariffOf:
    """For the operator alone: keeps a tariff of the user with an email."""

    users: UserRepository
    keep: KeepTariff

    async def __call__(
        self,
        email: str,
        tariff: Tariff,
        *,
        panels: frozenset[int],
        keeps: bool = True,
        tenant_id: TenantId | None = None,
    ) -> KeptTariff | None:
        """For homes with these panels, or for all; None where it was only looked at.

        Raises InvalidInput for what is no email, UserNotFound where nobody in the tenant has it
        (None is the default tenant), and what KeepTariff raises.
        """
        user = await self.users.with_email(EmailAddress(email), tenant_id=tenant_id)
        if user is None:
            raise UserNotFound
        if not keeps:
            await self.keep.check(tariff)
            return None
        return await self.keep.of_user(user.id, tariff, panels=panels)
