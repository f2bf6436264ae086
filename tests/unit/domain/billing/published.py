"""Tariffs of many kinds, written as data: some as utilities published them, some of that form.

Those of Florida Power & Light (2015), Southern California Edison (GS-2 TOU-B, 2015), Pacific Gas
and Electric (BEV-2-S, 2024), Wallingford (2014) and Entergy Louisiana (LIPS-L, 2017) have the
prices and limits that the United States Utility Rate Database holds of them; the hours of some are
simplified. The others have the form of residential tariffs, with round prices.
"""

from datetime import date
from decimal import Decimal

from domain.billing.tariffs.charges import Adjustment, FixedCharge, MinimumBill
from domain.billing.tariffs.demand import DemandCharge, DemandPeriod, DemandTier
from domain.billing.tariffs.energy import EnergyPeriod, EnergyRates, LimitsPer
from domain.billing.tariffs.exports import ExportPeriod, NetBilling, NetMetering
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from tests.unit.domain.billing.made import flat, tiered

SUMMER = range(6, 10)
SINCE = date(2015, 1, 1)


def hours(default: int, *others: tuple[int, int, int]) -> list[int]:
    """The periods of a day: `default`, but from an hour to another one another."""
    row = [default] * 24
    for first, after, period in others:
        row[first:after] = [period] * (after - first)
    return row


def seasons(summer: list[int], winter: list[int], summer_months: range = SUMMER) -> list[list[int]]:
    return [summer if month in summer_months else winter for month in range(1, 13)]


def fixed(amount: str) -> tuple[FixedCharge, ...]:
    return (FixedCharge("Customer charge", Decimal(amount)),)


def prices(*named: tuple[str, str]) -> tuple[EnergyPeriod, ...]:
    return tuple(EnergyPeriod.flat(name, Decimal(price)) for name, price in named)


def demands(*named: tuple[str, str]) -> tuple[DemandPeriod, ...]:
    return tuple(DemandPeriod.flat(name, Decimal(price)) for name, price in named)


SCE_HOURS = Schedule.of(
    weekday=seasons(hours(2, (8, 12, 3), (12, 18, 4), (18, 23, 3)), hours(0, (8, 21, 1))),
    weekend=seasons(hours(2), hours(0)),
)
SCE_ENERGY = EnergyRates(
    periods=prices(
        ("Winter off-peak", "0.0712"),
        ("Winter mid-peak", "0.09368"),
        ("Summer off-peak", "0.066"),
        ("Summer mid-peak", "0.08888"),
        ("Summer on-peak", "0.1355"),
    ),
    schedule=SCE_HOURS,
)
SCE_DEMAND = DemandCharge(
    periods=demands(("Other demand", "0"), ("Mid-peak demand", "5.3"), ("Peak demand", "18.11")),
    schedule=Schedule.of(
        weekday=seasons(hours(0, (8, 12, 1), (12, 18, 2), (18, 23, 1)), hours(0)),
        weekend=[hours(0)] * 12,
    ),
)
PGE_HOURS = Schedule.of(weekday=[hours(0, (9, 14, 1), (16, 21, 2))] * 12)
PGE_ENERGY = EnergyRates(
    periods=prices(("Off-peak", "0.18081"), ("Super off-peak", "0.15754"), ("Peak", "0.39404")),
    schedule=PGE_HOURS,
)
FPL_ENERGY = EnergyRates(
    periods=(tiered("Energy", ("0.07531", 1000), ("0.09613", None)),),
    schedule=Schedule.always(),
)
TIERS_IN_TIMES = EnergyRates(
    periods=(
        tiered("Off-peak", ("0.20", 350), ("0.28", 900), ("0.33", None)),
        tiered("Peak", ("0.35", 350), ("0.43", 900), ("0.48", None)),
    ),
    schedule=Schedule.of(weekday=[hours(0, (16, 21, 1))] * 12, weekend=[hours(0)] * 12),
)

PUBLISHED = {
    "flat": Rates(since=SINCE, energy=flat("0.1342")),
    "flat and fixed": Rates(since=SINCE, energy=flat("0.1175"), fixed=fixed("14.50")),
    "Florida Power & Light RS-1, tiers and an adjustment": Rates(
        since=SINCE,
        energy=FPL_ENERGY,
        adjustments=(Adjustment("Clauses", Decimal("0.0119")),),
        fixed=fixed("7.57"),
    ),
    "tiers of each day": Rates(
        since=SINCE,
        energy=EnergyRates(
            periods=(tiered("Energy", ("0.25", 11), ("0.32", 40), ("0.40", None)),),
            schedule=Schedule.always(),
            limits_per=LimitsPer.DAY,
        ),
    ),
    "tiers that differ by season": Rates(
        since=SINCE,
        energy=EnergyRates(
            periods=(
                tiered("Winter", ("0.09", 400), ("0.11", None)),
                tiered("Summer", ("0.10", 600), ("0.14", 1200), ("0.17", None)),
            ),
            schedule=Schedule.by_month([int(month in SUMMER) for month in range(1, 13)]),
        ),
        fixed=fixed("10"),
    ),
    "Southern California Edison, seasons and weekends": Rates(
        since=SINCE, energy=SCE_ENERGY, fixed=fixed("259.20")
    ),
    "Southern California Edison GS-2 TOU-B, both demands": Rates(
        since=SINCE,
        energy=SCE_ENERGY,
        demand=(
            DemandCharge(
                periods=demands(("Facilities demand", "13.2")), schedule=Schedule.always()
            ),
            SCE_DEMAND,
        ),
        fixed=fixed("259.20"),
    ),
    "Wallingford, flat demand by season": Rates(
        since=SINCE,
        energy=flat("0.0771"),
        demand=(
            DemandCharge(
                periods=demands(("Demand, summer", "11.5"), ("Demand, winter", "10.5")),
                schedule=Schedule.by_month([0 if month in SUMMER else 1 for month in range(1, 13)]),
            ),
        ),
    ),
    "Entergy Louisiana, demand in tiers": Rates(
        since=SINCE,
        energy=flat("0.0295"),
        demand=(
            DemandCharge(
                periods=(
                    DemandPeriod(
                        "Demand",
                        (
                            DemandTier(Decimal(0), Decimal(3)),
                            DemandTier(Decimal("13.48"), Decimal(4)),
                            DemandTier(Decimal("14.48")),
                        ),
                    ),
                ),
                schedule=Schedule.always(),
            ),
        ),
    ),
    "Pacific Gas and Electric BEV-2-S, flat demand": Rates(
        since=SINCE,
        energy=PGE_ENERGY,
        demand=(DemandCharge(periods=demands(("Block", "1.91")), schedule=Schedule.always()),),
        fixed=fixed("447.44"),
    ),
    "tiers within times of use": Rates(since=SINCE, energy=TIERS_IN_TIMES, fixed=fixed("8")),
    "a minimum that some months do not reach": Rates(
        since=SINCE, energy=flat("0.05"), minimum=MinimumBill("Minimum", Decimal(60))
    ),
}

WITH_SUN = {
    "net billing at one price": Rates(
        since=SINCE,
        energy=flat("0.21"),
        export=NetBilling.at("Energy given", Decimal("0.055")),
        fixed=fixed("12"),
    ),
    "net billing by time of use": Rates(
        since=SINCE,
        energy=PGE_ENERGY,
        export=NetBilling(
            periods=(
                ExportPeriod("Given off-peak", Decimal("0.05")),
                ExportPeriod("Given super off-peak", Decimal("0.02")),
                ExportPeriod("Given at peak", Decimal("0.12")),
            ),
            schedule=PGE_HOURS,
        ),
    ),
    "net metering": Rates(
        since=SINCE, energy=flat("0.15"), export=NetMetering(name="Credit"), fixed=fixed("9")
    ),
    "net metering by time of use": Rates(
        since=SINCE, energy=PGE_ENERGY, export=NetMetering(name="Credit")
    ),
    "net metering with tiers": Rates(
        since=SINCE, energy=FPL_ENERGY, export=NetMetering(name="Credit"), fixed=fixed("7.57")
    ),
    "net billing with both demands": Rates(
        since=SINCE,
        energy=SCE_ENERGY,
        demand=(SCE_DEMAND,),
        export=NetBilling.at("Energy given", Decimal("0.04")),
    ),
    "a minimum that credits do not lower": Rates(
        since=SINCE,
        energy=flat("0.21"),
        export=NetBilling.at("Energy given", Decimal("0.055")),
        minimum=MinimumBill("Minimum", Decimal(150)),
    ),
    "net metering with tiers within times of use": Rates(
        since=SINCE, energy=TIERS_IN_TIMES, export=NetMetering(name="Credit")
    ),
    "nothing for what is given": Rates(since=SINCE, energy=TIERS_IN_TIMES),
}
