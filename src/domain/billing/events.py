"""What happens around tariffs."""

from dataclasses import dataclass

from domain.accounts.users import UserId
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesChanged(Event):
    """A user's homes may be priced otherwise from now on: by a tariff, or in a currency."""

    user_id: UserId
