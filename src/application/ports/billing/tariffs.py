"""Where tariffs are kept."""

from collections.abc import Sequence
from typing import Protocol

from domain.accounts.users import UserId
from domain.billing.tariffs.kept import KeptTariff, TariffId


class Tariffs(Protocol):
    """Keeps the tariffs of users; every change is durable when the method returns."""

    async def add(self, kept: KeptTariff, *, most_of_user: int) -> None:
        """Keep a new tariff.

        Raises TooManyTariffs where the user has that many already, UserNotFound where the user is
        gone.
        """
        ...

    async def of_user(self, user_id: UserId) -> Sequence[KeptTariff]:
        """The user's tariffs, the oldest first."""
        ...

    async def replace(self, kept: KeptTariff) -> bool:
        """Put this in place of the user's tariff of the same id; False where there is none.

        When it was made stays what it was.
        """
        ...

    async def remove(self, user_id: UserId, tariff_id: TariffId) -> bool:
        """Forget a tariff of this user; False without one."""
        ...
