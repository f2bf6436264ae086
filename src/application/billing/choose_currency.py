"""In which currency somebody pays."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.billing.currencies import Currencies
from application.ports.events import Events
from domain.billing.events import PricesChanged
from domain.billing.money import Currency


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCurrency:
    """Tells what was chosen."""

    currencies: Currencies

    async def __call__(self, caller: Caller) -> Currency | None:
        """None where nothing was."""
        return await self.currencies.of_user(caller.user.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseCurrency:
    """Keeps the choice: it gives a price that Emporia was told its currency."""

    currencies: Currencies
    events: Events

    async def __call__(self, caller: Caller, currency: Currency | None) -> None:
        """None takes the choice back. Raises UserNotFound."""
        await self.currencies.choose(caller.user.id, currency)
        await self.events.publish(PricesChanged(user_id=caller.user.id))
