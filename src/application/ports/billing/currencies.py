"""In which currency users pay for energy."""

from typing import Protocol

from domain.accounts.users import UserId
from domain.billing.money import Currency


class Currencies(Protocol):
    """Keeps what users chose; a choice is durable when the method returns."""

    async def of_user(self, user_id: UserId) -> Currency | None:
        """The user's currency; None where they have chosen none."""
        ...

    async def choose(self, user_id: UserId, currency: Currency | None) -> None:
        """Let this be the user's; None forgets it. Raises UserNotFound."""
        ...
