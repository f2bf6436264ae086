"""Tariffs over HTTP."""

from typing import Any

import pytest

from domain.billing.tariffs.schedules import Schedule
from entrypoints.http.billing.read_tariff import DAYS

ALWAYS = [[0] * 24] * 12
EVENING = [[0] * 16 + [1] * 5 + [0] * 3] * 12
FLAT: dict[str, Any] = {
    "name": "Flat",
    "currency": "USD",
    "rates": [
        {
            "since": "2025-01-01",
            "energy": {"periods": [{"name": "Energy", "tiers": [{"price": "0.20"}]}]},
        }
    ],
}
EVERYTHING: dict[str, Any] = {
    "name": "Everything",
    "currency": "EUR",
    "billingDay": 31,
    "holidays": {
        "country": "US",
        "subdivision": "CA",
        "names": ["Independence"],
        "observed": True,
        "days": ["2026-12-24"],
    },
    "panels": [7, 1001],
    "rates": [
        {
            "since": "2025-01-01",
            "energy": {
                "periods": [
                    {
                        "name": "Off-peak",
                        "tiers": [{"price": "0.10", "upToKwh": "500"}, {"price": "0.12"}],
                    },
                    {"name": "Peak", "tiers": [{"price": "0.3"}]},
                ],
                "schedule": {
                    "weekday": EVENING,
                    "weekend": ALWAYS,
                    "days": {"friday": ALWAYS, "holiday": ALWAYS},
                },
                "tiersBy": "month",
                "limitsPer": "day",
            },
            "adjustments": [{"name": "Fuel", "price": "0.01"}],
            "demand": [
                {
                    "periods": [
                        {"name": "Demand", "tiers": [{"price": "3", "upToKw": "5"}, {"price": "4"}]}
                    ]
                }
            ],
            "fixed": [{"name": "Meter", "amount": "0.40", "by": "day"}],
            "netBilling": {"periods": [{"name": "Given", "price": "0.05"}]},
            "minimum": {"name": "Minimum", "amount": "12", "by": "month"},
            "percentages": [{"name": "Tax", "percent": "7.5", "on": ["energy", "fixed"]}],
        },
        {
            "since": "2026-01-01",
            "energy": {"periods": [{"name": "Energy", "tiers": [{"price": "0.25"}]}]},
            "netMetering": {"name": "Credit", "settlesIn": 3, "settlePrice": "0.02"},
            "percentages": [{"name": "Tax", "percent": "8"}],
        },
    ],
}


def _is_within(told: Any, answered: Any) -> bool:
    """Whether all that was sent comes back, whatever else does."""
    if isinstance(told, dict):
        return all(_is_within(value, answered[key]) for key, value in told.items())
    if isinstance(told, list):
        return len(told) == len(answered) and all(map(_is_within, told, answered))
    return bool(told == answered)


@pytest.mark.parametrize("tariff", [FLAT, EVERYTHING], ids=["flat", "everything"])
async def test_a_tariff_comes_back_as_it_was_sent(gateway, tariff):
    headers = await gateway.sign_up()
    made = await gateway.client.post("/me/tariffs", headers=headers, json=tariff)
    assert made.status_code == 201, made.text
    assert _is_within(tariff, made.json()["tariff"])
    listed = await gateway.client.get("/me/tariffs", headers=headers)
    assert listed.json() == {"tariffs": [made.json()]}
    again = await gateway.client.post("/me/tariffs", headers=headers, json=made.json()["tariff"])
    assert again.json()["tariff"] == made.json()["tariff"]


async def test_a_tariff_is_changed_and_removed(gateway):
    headers = await gateway.sign_up()
    made = (await gateway.client.post("/me/tariffs", headers=headers, json=FLAT)).json()
    path = f"/me/tariffs/{made['id']}"
    changed = await gateway.client.put(path, headers=headers, json=EVERYTHING)
    assert changed.status_code == 200
    assert changed.json()["id"] == made["id"]
    assert changed.json()["tariff"]["name"] == "Everything"
    gone = await gateway.client.delete(path, headers=headers)
    assert gone.status_code == 204
    for answer in (
        await gateway.client.delete(path, headers=headers),
        await gateway.client.put(path, headers=headers, json=FLAT),
        await gateway.client.delete("/me/tariffs/x", headers=headers),
    ):
        assert answer.status_code == 404
        assert answer.json() == {"error": "There is no such tariff."}


async def test_a_rate_of_the_utility_rate_database_is_imported(gateway):
    headers = await gateway.sign_up()
    rate = {
        "name": "RS-1",
        "utility": "Florida Power & Light Co.",
        "startdate": 1433116800,
        "energyratestructure": [[{"max": 1000, "rate": 0.07531}, {"rate": 0.09613}]],
        "fixedmonthlycharge": 7.57,
        "demandratchetpercentage": [0.8],
    }
    answer = await gateway.client.post("/me/tariffs/import", headers=headers, json=rate)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["leftOut"] == ["demandratchetpercentage: left out (a demand of earlier months)."]
    assert told["tariff"]["tariff"]["rates"][0]["energy"]["periods"][0]["tiers"] == [
        {"price": "0.07531", "upToKwh": "1000"},
        {"price": "0.09613", "upToKwh": None},
    ]
    again = await gateway.client.post("/me/tariffs/import", headers=headers, json={"items": [rate]})
    assert again.status_code == 201


async def test_what_a_rate_would_become_is_told_before_it_is_kept(gateway):
    headers = await gateway.sign_up()
    rate = {"name": "RS-1", "energyratestructure": [[{"rate": 0.1}]], "lookbackpercent": 0.8}
    path = "/me/tariffs/import"
    told = await gateway.client.post(f"{path}?preview=true", headers=headers, json=rate)
    assert told.status_code == 200
    assert (await gateway.client.get("/me/tariffs", headers=headers)).json() == {"tariffs": []}

    kept = await gateway.client.post(f"{path}?preview=false", headers=headers, json=rate)
    assert kept.status_code == 201
    assert told.json() == {**kept.json(), "tariff": kept.json()["tariff"]["tariff"]}
    wrong = await gateway.client.post(f"{path}?preview=maybe", headers=headers, json=rate)
    assert wrong.status_code == 400
    assert "preview: 'maybe' is not known" in wrong.json()["error"]


BOTH = {**EVERYTHING["rates"][1], "netBilling": EVERYTHING["rates"][0]["netBilling"]}


@pytest.mark.parametrize(
    ("tariff", "sentence"),
    [
        ({**FLAT, "currency": "dollars"}, "currency: 'dollars' is no currency"),
        ({**FLAT, "rates": []}, "rates: give 1 to 60"),
        ({**FLAT, "rates": [BOTH]}, "netMetering, netBilling: give one of them"),
        ({**FLAT, "billingDay": 0}, "billingDay: a day of the month"),
        ({**FLAT, "panels": [-1]}, "panels: name panels by their gids"),
        ({**FLAT, "holidays": {"country": "XX"}}, "the holidays of XX are not known"),
        ({"name": "Flat"}, "A tariff has name, currency and rates"),
        (
            {**FLAT, "rates": [{"since": "soon"}]},
            "rates[0].since: this can't be read. A tariff has",
        ),
        (
            {**FLAT, "rates": [{"since": "2025-01-01"}]},
            "rates[0]: this can't be read. A tariff has",
        ),
        ({**FLAT, "billingDay": 1.5}, "billingDay: this can't be read. A tariff has"),
        ({**FLAT, "name": ""}, "name: this can't be read. A tariff has"),
        (
            {**FLAT, "rates": [{**FLAT["rates"][0], "fixed": [{"name": "A", "amount": "0,13"}]}]},
            "rates[0].fixed[0].amount: this can't be read. A tariff has",
        ),
        ([], "The request body must be a JSON object."),
    ],
)
async def test_what_is_wrong_with_a_tariff_is_told(gateway, tariff, sentence):
    headers = await gateway.sign_up()
    answer = await gateway.client.post("/me/tariffs", headers=headers, json=tariff)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


async def test_numbers_that_are_none_are_refused(gateway):
    headers = await gateway.sign_up()
    for price in ("NaN", "1e999999", "1e-999999", "Infinity", "-1e30"):
        tariff = {
            **FLAT,
            "rates": [{**FLAT["rates"][0], "fixed": [{"name": "A", "amount": price}]}],
        }
        answer = await gateway.client.post("/me/tariffs", headers=headers, json=tariff)
        assert answer.status_code == 400
        assert "fixed.amount" in answer.json()["error"]


async def test_tariffs_are_their_owners_alone(gateway):
    headers, other = await gateway.sign_up(), await gateway.sign_up("bob@example.com")
    made = (await gateway.client.post("/me/tariffs", headers=headers, json=FLAT)).json()
    assert (await gateway.client.get("/me/tariffs", headers=other)).json() == {"tariffs": []}
    answer = await gateway.client.put(f"/me/tariffs/{made['id']}", headers=other, json=FLAT)
    assert answer.status_code == 404


def test_days_are_named_as_schedules_have_them():
    assert len(DAYS) == len(Schedule.always().tables)
