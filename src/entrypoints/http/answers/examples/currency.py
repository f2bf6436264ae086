"""What the routes of the currency answer."""

from domain.billing.errors import TariffUnacceptable
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, BODY, CHANGING, failures, success
from entrypoints.http.answers.refusals import CURRENCY_MISSING
from entrypoints.http.schemas.currency import CurrencyChoice

_UNKNOWN = OF_ERRORS[TariffUnacceptable].saying(
    "currency: 'usd' is no currency; write three capitals, such as USD."
)
_CHOICE = success(200, CurrencyChoice, "The choice.", example={"currency": "USD"})

READ_CURRENCY = {**_CHOICE, **failures(*ACCESS)}
CHOOSE_CURRENCY = {
    **_CHOICE,
    **failures(*ACCESS, *CHANGING, *BODY, CURRENCY_MISSING, _UNKNOWN),
}
