"""What travels over HTTP about tariffs; money and limits are JSON strings."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from litestar.openapi.spec import Example, OpenAPIType
from litestar.params import KwargDefinition
from msgspec import Meta, Struct

from domain.billing.tariffs.charges import By
from domain.billing.tariffs.energy import LimitsPer, TiersBy
from domain.billing.tariffs.lines import LineKind
from entrypoints.http.schemas.contract import Filled, Instant


def _number(*types: OpenAPIType) -> KwargDefinition:
    """A decimal number is told as text; it is taken as text or as a number."""
    return KwargDefinition(
        examples=[Example(value="0.1234")], schema_extra={"type": types, "one_of": None}
    )


Price = Annotated[Decimal, _number(OpenAPIType.STRING, OpenAPIType.NUMBER)]
PriceOrNone = Annotated[
    Decimal | None, _number(OpenAPIType.STRING, OpenAPIType.NUMBER, OpenAPIType.NULL)
]
Hours = Annotated[list[int], Meta(min_length=24, max_length=24)]
Table = Annotated[list[Hours], Meta(min_length=12, max_length=12)]
DayName = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday"
]


class TariffSchedule(Struct, rename="camel"):
    """The period of each hour, counted from 0: twelve months of 24 hours.

    Weekends are as weekdays where they are left out. `days` has tables of single days and of
    holidays; holidays are as the day they fall on where they have none.
    """

    weekday: Table
    weekend: Table | None = None
    days: dict[DayName, Table] = {}


class EnergyTier(Struct, rename="camel"):
    """A price for each kWh up to so many; null goes on for ever."""

    price: Price
    up_to_kwh: PriceOrNone = None


class EnergyPeriodSchema(Struct, rename="camel"):
    """A time of use, as its line is named, with its tiers."""

    name: Filled
    tiers: list[EnergyTier]


class EnergySchema(Struct, rename="camel"):
    """Prices of energy; without a schedule the first period holds always."""

    periods: list[EnergyPeriodSchema]
    schedule: TariffSchedule | None = None
    tiers_by: TiersBy = TiersBy.BILL
    limits_per: LimitsPer = LimitsPer.PERIOD


class DemandTierSchema(Struct, rename="camel"):
    """A price for each kW up to so many; null goes on for ever."""

    price: Price
    up_to_kw: PriceOrNone = None


class DemandPeriodSchema(Struct, rename="camel"):
    """When a demand counts for itself, as its line is named, with its tiers."""

    name: Filled
    tiers: list[DemandTierSchema]


class DemandSchema(Struct, rename="camel"):
    """Prices of the highest quarter hour; without a schedule the first period holds always."""

    periods: list[DemandPeriodSchema]
    schedule: TariffSchedule | None = None


class AdjustmentSchema(Struct):
    """A price for each kWh that is paid for."""

    name: Filled
    price: Price


class FixedSchema(Struct):
    """An amount for each billing period, or each day."""

    name: Filled
    amount: Price
    by: By = By.MONTH


class NetMeteringSchema(Struct, rename="camel"):
    """What is given is set against what is taken; without an excess price the rest is carried."""

    name: Filled
    excess_price: PriceOrNone = None
    settles_in: int | None = None
    settle_price: PriceOrNone = None


class ExportPeriodSchema(Struct):
    """A price for each kWh given, as its line is named."""

    name: Filled
    price: Price


class NetBillingSchema(Struct):
    """What is given is credited; without a schedule the first period holds always."""

    periods: list[ExportPeriodSchema]
    schedule: TariffSchedule | None = None


class PercentageSchema(Struct):
    """A tax or a share of lines of some kinds; of all but percentages where `on` is left out."""

    name: Filled
    percent: Price
    on: list[LineKind] | None = None


class RatesSchema(Struct, rename="camel"):
    """All rules that hold from a local day on."""

    since: date
    energy: EnergySchema
    adjustments: list[AdjustmentSchema] = []
    demand: list[DemandSchema] = []
    fixed: list[FixedSchema] = []
    net_metering: NetMeteringSchema | None = None
    net_billing: NetBillingSchema | None = None
    minimum: FixedSchema | None = None
    percentages: list[PercentageSchema] = []


class HolidaysSchema(Struct):
    """Public holidays of a country or a part of it, those named or all; and days of one's own."""

    country: str | None = None
    subdivision: str | None = None
    names: list[str] = []
    observed: bool = False
    days: list[date] = []


class TariffSchema(Struct, rename="camel"):
    """A tariff. It is for homes with one of these panels, by gid, or for all where none is named.

    `billingDay` null takes the home's own.
    """

    name: Annotated[Filled, Meta(examples=["Time of use"])]
    currency: Annotated[str, Meta(examples=["USD"])]
    rates: list[RatesSchema]
    billing_day: int | None = None
    holidays: HolidaysSchema | None = None
    panels: list[int] = []


class KnownTariff(Struct, rename="camel"):
    """A tariff that is kept."""

    id: str
    created_at: Instant
    updated_at: Instant
    tariff: TariffSchema


class TariffList(Struct):
    """The answer to somebody who asks which tariffs they have."""

    tariffs: list[KnownTariff]


class ImportedTariff(Struct, rename="camel"):
    """A tariff that was read from another form, and what of that it does not have."""

    tariff: KnownTariff
    left_out: list[str]


class PreviewedTariff(Struct, rename="camel"):
    """A tariff as it would be kept, and what it would not have."""

    tariff: TariffSchema
    left_out: list[str]
