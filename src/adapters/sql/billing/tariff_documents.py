"""A tariff as the JSON that is kept of it; what is read back checks itself anew."""

from datetime import date

import msgspec

from domain.billing.money import Currency
from domain.billing.tariffs.charges import Adjustment, FixedCharge, MinimumBill, Percentage
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.energy import EnergyRates
from domain.billing.tariffs.exports import NetBilling, NetMetering
from domain.billing.tariffs.holidays import HolidayRule
from domain.billing.tariffs.tariff import Rates, Tariff


class _Rates(msgspec.Struct):
    since: date
    energy: EnergyRates
    adjustments: tuple[Adjustment, ...]
    demand: tuple[DemandCharge, ...]
    fixed: tuple[FixedCharge, ...]
    net_metering: NetMetering | None
    net_billing: NetBilling | None
    minimum: MinimumBill | None
    percentages: tuple[Percentage, ...]


class _Document(msgspec.Struct):
    name: str
    currency: str
    rates: list[_Rates]
    billing_day: int | None
    holidays: HolidayRule
    panels: list[int]


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(_Document)


def encoded(tariff: Tariff, panels: frozenset[int]) -> bytes:
    """What is kept."""
    return _ENCODER.encode(
        _Document(
            name=tariff.name,
            currency=tariff.currency.code,
            rates=[_rates(rates) for rates in tariff.rates],
            billing_day=tariff.billing_day,
            holidays=tariff.holidays,
            panels=sorted(panels),
        )
    )


def decoded(data: bytes) -> tuple[Tariff, frozenset[int]]:
    """What was kept."""
    told = _DECODER.decode(data)
    tariff = Tariff(
        name=told.name,
        currency=Currency(told.currency),
        rates=tuple(
            Rates(
                since=rates.since,
                energy=rates.energy,
                adjustments=rates.adjustments,
                demand=rates.demand,
                fixed=rates.fixed,
                export=rates.net_metering or rates.net_billing,
                minimum=rates.minimum,
                percentages=rates.percentages,
            )
            for rates in told.rates
        ),
        billing_day=told.billing_day,
        holidays=told.holidays,
    )
    return tariff, frozenset(told.panels)


def _rates(rates: Rates) -> _Rates:
    export = rates.export
    return _Rates(
        since=rates.since,
        energy=rates.energy,
        adjustments=rates.adjustments,
        demand=rates.demand,
        fixed=rates.fixed,
        net_metering=export if isinstance(export, NetMetering) else None,
        net_billing=export if isinstance(export, NetBilling) else None,
        minimum=rates.minimum,
        percentages=rates.percentages,
    )
