"""What happens to what billing keeps."""

from dataclasses import dataclass

from domain.accounts.users import UserId
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesChanged(Event):
    """A user's homes may be priced otherwise from now on: by a tariff, or in a currency."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityReadingsErased(Event):
    """Some of the utility's readings are gone, of a home or of an account."""
