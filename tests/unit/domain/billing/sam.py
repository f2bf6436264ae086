"""The same bills by the model of another house: NREL's System Advisor Model, Utilityrate5.

Its conventions, which the comparison keeps to: its year begins on a Monday, as 2018 did, and has
no leap day, no holidays and no summer time; bills are of calendar months; the tiers of a month are
of its total, and shared among times of use in proportion. Energy is given in kW by the quarter
hour, so that demands are those of quarter hours.
"""

from collections.abc import Sequence
from decimal import Decimal

import PySAM.Utilityrate5 as Sam

from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.energy import LimitsPer
from domain.billing.tariffs.exports import NetBilling, NetMetering
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates

NO_LIMIT = 1e38
NET_METERING, NET_BILLING = 0, 2
LIMIT_UNITS = {LimitsPer.PERIOD: 0, LimitsPer.DAY: 2}
QUARTERS_OF_A_YEAR = 35_040


def monthly_bills(rates: Rates, load: Sequence[float], sun: Sequence[float]) -> list[float]:
    """What each month comes to; `load` and `sun` are kW by the quarter hour."""
    model = Sam.new()
    model.Lifetime.analysis_period = 1
    model.Lifetime.system_use_lifetime_output = 0
    model.Lifetime.inflation_rate = 0
    model.SystemOutput.gen = list(sun)
    model.SystemOutput.degradation = [0.0]
    model.Load.load = list(load)
    tariff = model.ElectricityRates
    tariff.en_electricity_rates = 1
    tariff.rate_escalation = [0.0]
    tariff.ur_sell_eq_buy = 0
    tariff.TOU_demand_single_peak = 0
    tariff.ur_annual_min_charge = 0.0
    tariff.ur_enable_billing_demand = 0
    tariff.ur_en_ts_buy_rate = tariff.ur_en_ts_sell_rate = 0
    tariff.ur_nm_yearend_sell_rate = 0.0
    tariff.ur_nm_credit_month = 11
    tariff.ur_nm_credit_rollover = 0
    tariff.ur_monthly_fixed_charge = float(sum(fixed.amount for fixed in rates.fixed))
    tariff.ur_monthly_min_charge = float(rates.minimum.amount) if rates.minimum else 0.0
    _set_energy(tariff, rates)
    _set_demand(tariff, rates.demand)
    model.execute(0)
    return list(model.Outputs.year1_monthly_utility_bill_w_sys)


def _set_energy(tariff: Sam.Utilityrate5.ElectricityRates, rates: Rates) -> None:
    """Adjustments are added to each price, since the model has no lines for them."""
    energy, export = rates.energy, rates.export
    tariff.ur_metering_option = NET_METERING if isinstance(export, NetMetering) else NET_BILLING
    extra = sum((each.price for each in rates.adjustments), Decimal())
    tariff.ur_ec_sched_weekday, tariff.ur_ec_sched_weekend = _schedules(energy.schedule)
    if isinstance(export, NetBilling):
        assert export.schedule in (energy.schedule, Schedule.always())
    tariff.ur_ec_tou_mat = [
        [
            number,
            place,
            NO_LIMIT if tier.up_to_kwh is None else float(tier.up_to_kwh),
            LIMIT_UNITS[energy.limits_per],
            float(tier.price + extra),
            float(_sell(export, number - 1)),
        ]
        for number, period in enumerate(energy.periods, start=1)
        for place, tier in enumerate(period.tiers, start=1)
    ]


def _sell(export: NetMetering | NetBilling | None, period: int) -> Decimal:
    if not isinstance(export, NetBilling):
        return Decimal(0)
    return export.periods[period if len(export.periods) > 1 else 0].price


def _set_demand(tariff: Sam.Utilityrate5.ElectricityRates, charges: Sequence[DemandCharge]) -> None:
    """One charge at most by months alone, and one by time of use."""
    by_time = [charge for charge in charges if not _is_flat(charge)]
    by_month = [charge for charge in charges if _is_flat(charge)]
    tariff.ur_dc_enable = int(bool(charges))
    nothing = [[1, 1, NO_LIMIT, 0.0]]
    schedule = by_time[0].schedule if by_time else Schedule.always()
    tariff.ur_dc_sched_weekday, tariff.ur_dc_sched_weekend = _schedules(schedule)
    tariff.ur_dc_tou_mat = nothing
    if by_time:
        tariff.ur_dc_tou_mat = [
            row
            for number in range(len(by_time[0].periods))
            for row in _demand_rows(number + 1, by_time[0], number)
        ]
    tariff.ur_dc_flat_mat = [
        row
        for month in range(12)
        for row in (
            _demand_rows(month, by_month[0], by_month[0].schedule.tables[0][month][0])
            if by_month
            else [[month, 1, NO_LIMIT, 0.0]]
        )
    ]


def _demand_rows(key: int, charge: DemandCharge, period: int) -> list[list[float]]:
    return [
        [
            key,
            place,
            NO_LIMIT if tier.up_to_kw is None else float(tier.up_to_kw),
            float(tier.price),
        ]
        for place, tier in enumerate(charge.periods[period].tiers, start=1)
    ]


def _is_flat(charge: DemandCharge) -> bool:
    return all(len(set(row)) == 1 for table in charge.schedule.tables[:7] for row in table)


def _schedules(schedule: Schedule) -> tuple[list[list[float]], list[list[float]]]:
    return _counted(schedule.tables[0]), _counted(schedule.tables[6])


def _counted(table: Sequence[bytes]) -> list[list[float]]:
    return [[period + 1 for period in row] for row in table]
