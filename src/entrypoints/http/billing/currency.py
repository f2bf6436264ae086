"""In which currency somebody pays: it gives a price that Emporia was told its coin."""

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.billing.choose_currency import ChooseCurrency, ReadCurrency
from entrypoints.http.answers.errors import WHEN_INCOMPLETE
from entrypoints.http.answers.examples import currency as examples
from entrypoints.http.answers.refusals import CURRENCY_MISSING
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.schemas.currency import CurrencyChoice


@get(
    "/me/currency",
    operation_id="readCurrency",
    summary="Read my currency",
    responses=examples.READ_CURRENCY,
)
async def read_currency(
    request: CallerRequest, read_currency: NamedDependency[ReadCurrency]
) -> CurrencyChoice:
    """Tell which currency was chosen; null where none was."""
    return CurrencyChoice.of(await read_currency(request.user))


@put(
    "/me/currency",
    operation_id="chooseCurrency",
    summary="Choose my currency",
    opt={WHEN_INCOMPLETE: CURRENCY_MISSING},
    responses=examples.CHOOSE_CURRENCY,
)
async def choose_currency(
    data: JSONBody[CurrencyChoice],
    request: CallerRequest,
    choose_currency: NamedDependency[ChooseCurrency],
) -> CurrencyChoice:
    """Let homes without a tariff be priced by what Emporia was told, in this currency.

    Null takes the choice back. A tariff has a currency of its own.
    """
    await choose_currency(request.user, data.read())
    return data


OF_CALLERS = [read_currency, choose_currency]
