"""What travels over HTTP about the currency that somebody pays in."""

from typing import Annotated

from litestar.openapi.spec import Example
from litestar.params import KwargDefinition
from msgspec import Struct

from domain.billing.money import Currency

Code = Annotated[str | None, KwargDefinition(examples=[Example(value="USD")])]


class CurrencyChoice(Struct):
    """A currency by its code of ISO 4217; null where none is chosen."""

    currency: Code

    @classmethod
    def of(cls, currency: Currency | None) -> "CurrencyChoice":
        """As it travels."""
        return cls(None if currency is None else currency.code)

    def read(self) -> Currency | None:
        """Raises CurrencyUnknown."""
        return None if self.currency is None else Currency(self.currency)
