"""Without a tariff, a home is priced by what Emporia was told, once a currency is chosen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.fake.emporia.emporia_gateway import HOME_LOCATION
from domain.emporia.channels import Channel
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from tests.integration.billing.test_tariffs import FLAT

SPAN = {"start": "2025-06-01T04:00:00Z", "end": "2025-07-01T04:00:00Z"}


async def put(gateway, headers, body):
    return await gateway.client.put("/me/currency", headers=headers, json=body)


@pytest.fixture
async def headers(gateway):
    """A linked user whose home has a price at Emporia and no tariff."""
    location = replace(HOME_LOCATION, cents_per_kwh=12.34)
    channels = (Channel(number="1,2,3"),)
    gateway.emporia.devices = (
        Device(gid=1000, kind=DeviceKind.PANEL, location=location, channels=channels),
    )
    return await gateway.linked()


async def costs(gateway, headers):
    return await gateway.client.get("/costs", headers=headers, params=SPAN)


async def test_a_currency_is_chosen_and_taken_back(gateway, headers) -> None:
    read = gateway.client.get
    assert (await read("/me/currency", headers=headers)).json() == {"currency": None}
    for code in ("EUR", "USD", None):
        answer = await put(gateway, headers, {"currency": code})
        assert (answer.status_code, answer.json()) == (200, {"currency": code})
        assert (await read("/me/currency", headers=headers)).json() == {"currency": code}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"currency": "usd"}, "currency: 'usd' is no currency; write three capitals, such as USD."),
        ({"currency": "U" * 5000}, "currency: 'UUUUUUUUUU' is no currency"),
        ({}, "currency is required"),
        ({"currency": 5}, "currency is required"),
        ({"currency": ["USD"]}, "currency is required"),
    ],
)
async def test_what_is_no_currency_is_told_so(gateway, headers, body, sentence) -> None:
    answer = await put(gateway, headers, body)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]
    assert (await gateway.client.get("/me/currency", headers=headers)).json() == {"currency": None}


async def test_a_currency_is_its_owners_alone(gateway, headers) -> None:
    other = await gateway.sign_up("grace@example.com")
    await put(gateway, headers, {"currency": "EUR"})
    assert (await gateway.client.get("/me/currency", headers=other)).json() == {"currency": None}


async def test_without_a_currency_it_is_said_that_one_is_enough(gateway, headers) -> None:
    answer = await costs(gateway, headers)
    assert answer.status_code == 404
    assert answer.json()["error"] == (
        "No tariff is for this home. Emporia was told a price of 12.34 cents per kWh: choosing a "
        "currency (PUT /me/currency) is enough, or add a tariff."
    )


async def test_with_one_the_home_is_priced_and_it_is_said_by_what(gateway, headers) -> None:
    await put(gateway, headers, {"currency": "EUR"})
    told = (await costs(gateway, headers)).json()
    assert (told["currency"], told["tariff"]) == ("EUR", None)
    assert told["pricedBy"] == {"source": "emporia", "name": "The price told to Emporia"}


async def test_a_tariff_takes_its_place(gateway, headers) -> None:
    await put(gateway, headers, {"currency": "EUR"})
    made = await gateway.client.post("/me/tariffs", headers=headers, json=FLAT)
    told = (await costs(gateway, headers)).json()
    assert (told["currency"], told["tariff"]) == ("USD", made.json()["id"])
    assert told["pricedBy"] == {"source": "own", "name": FLAT["name"]}


async def test_without_a_price_a_currency_does_not_help(gateway) -> None:
    headers = await gateway.linked()
    await put(gateway, headers, {"currency": "EUR"})
    answer = await costs(gateway, headers)
    assert answer.status_code == 404
    assert answer.json()["error"] == (
        "No tariff is for this home; add one that names its panel, or none at all."
    )


async def test_the_price_comes_from_the_cloud_and_prices_what_flowed(stage) -> None:
    """A whole day of the simulated home, by the mains alone."""
    person = await stage.linked()
    end = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    span = {"start": (end - timedelta(days=1)).isoformat(), "end": end.isoformat()}
    query = {"series": "1001:1,2,3", "scale": "1H", "energyUnit": "KilowattHours"}
    (series,) = (await stage.get("/history", person, **query, **span)).json()["series"]
    body = {"currency": "USD"}
    await stage.client.put("/me/currency", headers=person.bearer, json=body)

    rows = (await stage.get("/costs", person, by="hour", **span)).json()["rows"]

    assert sum(float(row["amount"]) for row in rows) == pytest.approx(
        0.175 * sum(series["usageList"]), abs=0.001
    )
