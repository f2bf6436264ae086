"""Rates of the Utility Rate Database; the first is Florida Power & Light's RS-1 of 2015."""

from datetime import date
from decimal import Decimal

import pytest

from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.charges import By, FixedCharge, MinimumBill
from domain.billing.tariffs.demand import DemandCharge, DemandPeriod, DemandTier
from domain.billing.tariffs.energy import LimitsPer, Tier
from domain.billing.tariffs.exports import ExportPeriod, NetBilling, NetMetering
from domain.billing.tariffs.schedules import Schedule
from domain.billing.urdb.read import BEGINNING, read_urdb
from tests.unit.domain.billing.published import hours, seasons

ALWAYS = [[0] * 24] * 12
RS_1 = {
    "label": "5550d6fd5457a3187e8b4567",
    "utility": "Florida Power & Light Co.",
    "name": "RS-1 Residential Service",
    "sector": "Residential",
    "startdate": 1433116800,
    "enddate": 1440975600,
    "energyratestructure": [
        [
            {"max": 1000, "rate": 0.07531, "adj": 0.0119, "unit": "kWh"},
            {"rate": 0.09613, "adj": 0.0119, "unit": "kWh"},
        ]
    ],
    "energyweekdayschedule": ALWAYS,
    "energyweekendschedule": ALWAYS,
    "fixedmonthlycharge": 7.57,
}
ENDLESS = "the limit of the last tier is left out; it goes on for ever."
WEEKDAY = seasons(hours(0, (12, 18, 1)), hours(0))
FULL = {
    "name": "Time of use\nwith demand",
    "country": "USA",
    "startdate": 1700000000,
    "energyratestructure": [
        [{"rate": 0.1, "unit": "kWh daily", "max": 10, "sell": 0.05}, {"rate": 0.2, "sell": 0.04}],
        [{"rate": 0.3, "sell": 0.15}],
    ],
    "energytoulabels": ["Off-peak", "Peak"],
    "energyweekdayschedule": WEEKDAY,
    "energyweekendschedule": ALWAYS,
    "flatdemandstructure": [[{"rate": 3}], [{"rate": 4.5, "adj": 0.5}]],
    "flatdemandmonths": [0] * 5 + [1] * 4 + [0] * 3,
    "flatdemandunit": "kW",
    "demandratestructure": [[{"rate": 0}], [{"max": 5, "rate": 1}, {"rate": 2, "max": 50}]],
    "demandweekdayschedule": WEEKDAY,
    "demandweekendschedule": ALWAYS,
    "demandwindow": 30,
    "fixedchargefirstmeter": 0.4,
    "fixedchargeunits": "$/day",
    "mincharge": 120,
    "minchargeunits": "$/year",
    "dgrules": "Net Billing Hourly",
    "demandratchetpercentage": [0, 0.8],
    "fueladjustmentsmonthly": [0] * 12,
    "something": "new",
    "deep": [[[[[0]]]]],
    "shallow": [[[0]]],
}


def _with(**fields):
    return {"energyratestructure": [[{"rate": 0.1}]], **fields}


def test_a_rate_of_tiers_is_read() -> None:
    read = read_urdb(RS_1)
    (rates,) = read.tariff.rates
    assert read.tariff.name == "Florida Power & Light Co., RS-1 Residential Service"
    assert read.tariff.currency.code == "USD"
    assert rates.since == date(2015, 6, 1)
    assert rates.energy.periods[0].name == "Energy"
    assert rates.energy.periods[0].tiers == (
        Tier(Decimal("0.08721"), Decimal(1000)),
        Tier(Decimal("0.10803")),
    )
    assert rates.fixed == (FixedCharge("Fixed charge", Decimal("7.57")),)
    assert rates.export is None
    assert read.left_out == ("enddate: left out (rates go on until others are added).",)


def test_a_rate_of_times_of_use_and_demands_is_read() -> None:
    read = read_urdb(FULL)
    (rates,) = read.tariff.rates
    schedule = Schedule.of(weekday=WEEKDAY, weekend=ALWAYS)
    assert read.tariff.name == "Time of use with demand"
    assert rates.energy.schedule == schedule
    assert rates.energy.limits_per is LimitsPer.DAY
    assert [period.name for period in rates.energy.periods] == ["Off-peak", "Peak"]
    flat, timed = rates.demand
    assert flat == DemandCharge(
        periods=(
            DemandPeriod.flat("Demand, period 1", Decimal(3)),
            DemandPeriod.flat("Demand, period 2", Decimal(5)),
        ),
        schedule=Schedule.by_month([0] * 5 + [1] * 4 + [0] * 3),
    )
    assert timed.schedule == schedule
    assert timed.periods[1].tiers == (DemandTier(Decimal(1), Decimal(5)), DemandTier(Decimal(2)))
    assert rates.fixed == (FixedCharge("Fixed charge", Decimal("0.4"), By.DAY),)
    assert rates.minimum == MinimumBill("Minimum charge", Decimal(10), By.MONTH)
    assert rates.export == NetBilling(
        periods=(
            ExportPeriod("Given: Off-peak", Decimal("0.05")),
            ExportPeriod("Given: Peak", Decimal("0.15")),
        ),
        schedule=schedule,
    )


def test_what_is_left_out_is_named() -> None:
    assert read_urdb(FULL).left_out == (
        "deep: left out (the field is not known).",
        "demandratchetpercentage: left out (a demand of earlier months).",
        "something: left out (the field is not known).",
        "Demand by time of use, period 2: " + ENDLESS,
        "demandwindow: a demand is the mean of 15 minutes here, not of 30.",
        "sell: the first tier's price holds for all that is given.",
        "dgrules: energy is taken and given within the hour here, not by its net.",
    )


def test_what_can_not_be_printed_is_told_to_nobody() -> None:
    strange = {"bad\x1b[2J\nleft_out: fake": 1, "dgrules": "no\x07ne", "name": "\x1b"}
    read = read_urdb(_with(**strange))
    assert read.tariff.name == "Imported rate"
    assert read.left_out == (
        "bad[2Jleft_out: fake: left out (the field is not known).",
        "startdate: missing; the rates hold from the beginning.",
        "dgrules: left out ('none' is not supported).",
    )


def test_a_rate_without_a_date_or_a_name_holds_from_the_beginning() -> None:
    read = read_urdb(_with())
    assert read.tariff.name == "Imported rate"
    assert read.tariff.rates[0].since == BEGINNING
    assert read.left_out == ("startdate: missing; the rates hold from the beginning.",)


@pytest.mark.parametrize(
    ("fields", "export"),
    [
        ({"dgrules": "Net Metering"}, NetMetering(name="Energy given")),
        ({"usenetmetering": True}, NetMetering(name="Energy given")),
        ({"usenetmetering": False}, None),
        ({"dgrules": "Buy All Sell All"}, None),
        ({"dgrules": "Net Billing Instantaneous"}, NetBilling.at("Energy given", Decimal(0))),
    ],
)
def test_what_is_given_is_paid_by_the_rates_own_rule(fields, export) -> None:
    assert read_urdb(_with(**fields)).tariff.rates[0].export == export


def test_prices_for_what_is_given_are_a_rule_where_no_other_is() -> None:
    rate = {"energyratestructure": [[{"rate": 0.1, "sell": 0.03}]]}
    assert read_urdb(rate).tariff.rates[0].export == NetBilling.at("Energy given", Decimal("0.03"))
    read = read_urdb({**rate, "dgrules": "Net Metering"})
    assert "sell: left out (net metering pays in energy)." in read.left_out


def test_an_unknown_rule_for_what_is_given_is_named() -> None:
    read = read_urdb(_with(dgrules="Barter"))
    assert "dgrules: left out ('Barter' is not supported)." in read.left_out


def test_a_demand_in_another_unit_is_left_out_and_named() -> None:
    read = read_urdb(_with(demandratestructure=[[{"rate": 2}]], demandrateunit="kVA"))
    assert read.tariff.rates[0].demand == ()
    assert "demandratestructure: left out (demand is in kW here, not in kVA)." in read.left_out


def test_the_limit_of_a_last_tier_and_unknown_fields_of_tiers_are_named() -> None:
    rate = {"energyratestructure": [[{"rate": 0.1, "max": 500, "colour": "green", "other": 0}]]}
    notes = read_urdb(rate).left_out
    assert "Energy: " + ENDLESS in notes
    assert "Energy: 'colour' of a tier is left out (the field is not known)." in notes
    assert len(notes) == 3


@pytest.mark.parametrize("labels", [["A"], ["A", "A"], ["A", ""], ["A", 3], "AB"])
def test_labels_that_do_not_tell_periods_apart_give_way_to_numbers(labels) -> None:
    read = read_urdb({**FULL, "energytoulabels": labels})
    names = [period.name for period in read.tariff.rates[0].energy.periods]
    assert names == ["Energy, period 1", "Energy, period 2"]


@pytest.mark.parametrize(
    ("fields", "fixed", "minimum"),
    [
        ({"fixedchargefirstmeter": 9, "fixedmonthlycharge": 8}, [9], None),
        ({"fixedchargefirstmeter": 24, "fixedchargeunits": "$/year"}, [2], None),
        ({"fixedchargefirstmeter": 0, "fixedchargeunits": "$/fortnight"}, [], None),
        ({"minmonthlycharge": 15}, [], 15),
    ],
)
def test_fixed_and_minimum_charges_are_read_in_their_units(fields, fixed, minimum) -> None:
    (rates,) = read_urdb(_with(**fields)).tariff.rates
    assert [charge.amount for charge in rates.fixed] == fixed
    assert (rates.minimum and rates.minimum.amount) == minimum


def test_prices_finer_than_can_be_kept_are_rounded() -> None:
    read = read_urdb({"energyratestructure": [[{"rate": 0.1 + 0.2}]]})
    assert read.tariff.rates[0].energy.periods[0].tiers[0].price == Decimal("0.3")


def test_an_answer_of_the_database_that_has_one_rate_is_that_rate() -> None:
    assert read_urdb({"items": [RS_1]}) == read_urdb(RS_1)


WRONG = [
    ({"items": [RS_1, RS_1]}, "items: give one rate"),
    ({"items": "x"}, "items: give one rate"),
    ({"items": [3]}, "items: give one rate"),
    ({"energyratestructure": None}, "energyratestructure: a tariff has a price"),
    ({"energyratestructure": "x"}, "energyratestructure: give a list of 64 at most"),
    ({"energyratestructure": [[{"rate": 1}]] * 65}, "give a list of 64 at most"),
    ({"energyratestructure": [[{"rate": 1}] * 13]}, "give a list of 12 at most"),
    ({"energyratestructure": [[1]]}, "a tier is an object"),
    ({"energyratestructure": [[]]}, "tiers: give 1 to 12"),
    ({"energyratestructure": [[{"rate": "1"}]]}, "rate: write a number"),
    ({"energyratestructure": [[{"rate": True}]]}, "rate: write a number"),
    ({"energyratestructure": [[{"rate": float("nan")}]]}, "rate: a number is 1,000,000,000"),
    ({"energyratestructure": [[{"rate": 1e300}]]}, "rate: a number is 1,000,000,000"),
    ({"energyratestructure": [[{"rate": 1, "max": 9, "unit": "kWh/kW"}, {"rate": 1}]]}, "unit"),
    (
        {
            "energyratestructure": [
                [{"rate": 1, "max": 9, "unit": "kWh daily"}, {"rate": 1}],
                [{"rate": 1, "max": 9, "unit": "kWh"}, {"rate": 1}],
            ]
        },
        "unit: limits of tiers are all in",
    ),
    ({"energyweekdayschedule": ALWAYS}, "energyweekendschedule: give both or none"),
    ({"energyweekdayschedule": ALWAYS[1:], "energyweekendschedule": ALWAYS}, "12 months of 24"),
    ({"energyweekdayschedule": [[0]] * 12, "energyweekendschedule": ALWAYS}, "give 24 periods"),
    ({"energyweekdayschedule": [[-1] * 24] * 12, "energyweekendschedule": ALWAYS}, "0 to 63"),
    ({"energyweekdayschedule": [[1] * 24] * 12, "energyweekendschedule": ALWAYS}, "period 1, but"),
    ({"flatdemandstructure": [[{"rate": 1}]], "flatdemandmonths": [0]}, "flatdemandmonths"),
    ({"startdate": -5}, "startdate: write seconds"),
    ({"startdate": 10**12}, "startdate: write seconds"),
    ({"startdate": "2015"}, "startdate: write seconds"),
    ({"name": 5}, "name: write text"),
    ({"country": "DEU"}, "country: the currency is known of"),
    ({"mincharge": 5, "minchargeunits": "$/week"}, "minchargeunits: allowed are"),
    ({"mincharge": -5}, "minimum.amount: it can't be negative"),
    (dict.fromkeys(map(str, range(301))), "300 fields at most"),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG, ids=range(len(WRONG)))
def test_a_field_that_is_wrong_is_named(fields, sentence) -> None:
    with pytest.raises(TariffUnacceptable, match=sentence):
        read_urdb(_with(**fields))
