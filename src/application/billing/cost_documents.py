"""What streams tell of costs; money is text, and what is not known is None."""

from decimal import Decimal

from domain.billing.bills.bill import Peak
from domain.billing.bills.now import CostNow, SoFar
from domain.billing.pricing.price_now import PriceNow
from domain.billing.tariffs.for_home import HomeTariff
from domain.emporia.home_power import Home
from domain.emporia.usage import Document
from domain.instants import format_seconds


def cost_document(home: Home, found: HomeTariff, cost: CostNow) -> Document:
    """One home's part of `live.cost`."""
    return {
        "deviceGids": home.roots,
        "at": format_seconds(cost.now),
        "currency": cost.currency.code,
        "tariff": None if found.id is None else str(found.id),
        "pricedBy": {"source": found.source.value, "name": found.tariff.name},
        "price": _price(cost.price),
        "today": _so_far(cost.today),
        "bill": _so_far(cost.bill),
        "peak": _peak(cost.peak, is_billed=cost.is_peak_billed),
    }


def _price(price: PriceNow | None) -> Document | None:
    return None if price is None else {"perKwh": _text(price.per_kwh), "line": price.line}


def _so_far(so_far: SoFar) -> Document:
    return {
        "start": format_seconds(so_far.start),
        "amount": None if so_far.amount is None else _text(so_far.amount),
        "coverage": so_far.coverage,
    }


def _peak(peak: Peak | None, *, is_billed: bool) -> Document | None:
    if peak is None:
        return None
    return {
        "kilowatts": float(peak.kilowatts),
        "at": format_seconds(peak.at),
        "isBilled": is_billed,
    }


def _text(amount: Decimal) -> str:
    return f"{amount:f}"
