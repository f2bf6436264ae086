"""What homes cost, in the stream: as costs tell it, and as soon as a tariff changes."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

TIMES_OF_USE = {
    "name": "By the hour",
    "currency": "USD",
    "rates": [
        {
            "since": "2020-01-01",
            "energy": {
                "periods": [
                    {"name": f"Hour {hour}", "tiers": [{"price": f"0.{10 + hour}"}]}
                    for hour in range(24)
                ],
                "schedule": {"weekday": [list(range(24))] * 12},
            },
            "fixed": [{"name": "Customer charge", "amount": "12"}],
        }
    ],
}
FLAT = {
    **TIMES_OF_USE,
    "name": "Flat",
    "rates": [
        {
            "since": "2020-01-01",
            "energy": {"periods": [{"name": "Energy", "tiers": [{"price": "0.33"}]}]},
        }
    ],
}


async def listen(stage: Any, person: Any, **fields: Any) -> Any:
    """A socket that has subscribed."""
    socket = await stage.stream(person)
    await socket.send({"type": "subscribe", "extras": ["cost"], **fields})
    assert (await socket.receive_until("subscribed"))["extras"] == fields.get("extras", ["cost"])
    return socket


async def costs_when(socket: Any, holds: Any) -> list[dict[str, Any]]:
    """The costs of the first frame of which this holds."""
    async with asyncio.timeout(20):
        while True:
            told = (await socket.receive_until("deviceData"))["data"]["live"]["cost"]
            if told is not None and holds(told):
                return told  # type: ignore[no-any-return]


async def keep_days(stage: Any, person: Any, days: int = 3) -> None:
    """Let the archive hold the last days, as whoever looks at a history does."""
    now = datetime.now(UTC)
    query = {"series": "1001:1,2,3", "scale": "15MIN", "energyUnit": "KilowattHours"}
    span = {"start": (now - timedelta(days=days)).isoformat(), "end": now.isoformat()}
    assert (await stage.get("/history", person, **query, **span)).status_code == 200


async def add(stage: Any, person: Any, tariff: dict[str, Any]) -> str:
    answer = await stage.client.post("/me/tariffs", headers=person.bearer, json=tariff)
    identifier: str = answer.json()["id"]
    return identifier


async def choose(stage: Any, person: Any, currency: str | None) -> None:
    body = {"currency": currency}
    answer = await stage.client.put("/me/currency", headers=person.bearer, json=body)
    assert answer.json() == body


async def row_of(stage: Any, person: Any, by: str, at: str) -> dict[str, Any]:
    """The row of costs that holds this instant."""
    instant = datetime.fromisoformat(at)
    end = (instant + timedelta(seconds=1)).isoformat()
    answer = await stage.get("/costs", person, start=at, end=end, by=by)
    (row,) = answer.json()["rows"]
    return row  # type: ignore[no-any-return]


async def test_the_day_and_the_bill_are_told_as_costs_tell_them(stage) -> None:
    person = await stage.linked()
    await keep_days(stage, person)
    identifier = await add(stage, person, TIMES_OF_USE)
    socket = await listen(stage, person, extras=["flows", "cost"])

    (told,) = await costs_when(socket, bool)

    assert (told["deviceGids"], told["currency"], told["tariff"]) == ([1001], "USD", identifier)
    assert told["pricedBy"] == {"source": "own", "name": "By the hour"}
    for part, by in (("today", "day"), ("bill", "bill")):
        row = await row_of(stage, person, by, told["at"])
        assert told[part]["start"] == row["start"]
        if told[part]["amount"] is None:  # of a day that has just begun
            assert row["coverage"] == 0
        else:
            assert abs(float(told[part]["amount"]) - float(row["amount"])) <= 0.02
    assert 0 < told["bill"]["coverage"] <= 1
    assert told["peak"]["kilowatts"] > 0
    assert told["peak"]["isBilled"] is False
    live = (await socket.receive_until("deviceData"))["data"]["live"]
    assert "flows" in live["home"][0]
    assert live["home"][0]["deviceGids"] == told["deviceGids"]


async def test_the_price_is_that_of_the_local_hour(stage) -> None:
    person = await stage.linked()
    await add(stage, person, TIMES_OF_USE)
    socket = await listen(stage, person)

    (told,) = await costs_when(socket, bool)

    devices = (await stage.get("/devices", person)).json()["devices"]
    zone = ZoneInfo(next(each["locationProperties"]["timeZone"] for each in devices))
    hour = datetime.fromisoformat(told["at"]).astimezone(zone).hour
    assert told["price"] == {"perKwh": f"0.{10 + hour}", "line": f"Hour {hour}"}


async def test_of_what_the_archive_does_not_hold_nothing_is_told(stage) -> None:
    person = await stage.linked()
    await add(stage, person, FLAT)
    socket = await listen(stage, person)

    (told,) = await costs_when(socket, bool)

    assert [told[part]["amount"] for part in ("today", "bill")] == [None, None]
    assert [told[part]["coverage"] for part in ("today", "bill")] == [0, 0]
    assert told["peak"] is None
    assert told["price"] == {"perKwh": "0.33", "line": "Energy"}


async def test_a_tariff_that_changes_shows_at_once(stage) -> None:
    person = await stage.linked()
    identifier = await add(stage, person, FLAT)
    socket = await listen(stage, person)
    await costs_when(socket, bool)
    changed = {**FLAT, "currency": "EUR"}
    path = f"/me/tariffs/{identifier}"

    await stage.client.put(path, headers=person.bearer, json=changed)

    async with asyncio.timeout(5):
        await costs_when(socket, lambda told: told[0]["currency"] == "EUR")


async def test_without_a_tariff_it_is_null_until_a_currency_is_chosen(stage) -> None:
    person = await stage.linked()
    socket = await listen(stage, person, scale="1D")
    for _ in range(3):
        live = (await socket.receive_until("deviceData"))["data"]["live"]
        assert live["cost"] is None

    await choose(stage, person, "CAD")

    async with asyncio.timeout(5):
        (told,) = await costs_when(socket, bool)
    assert (told["currency"], told["tariff"]) == ("CAD", None)
    assert told["pricedBy"] == {"source": "emporia", "name": "The price told to Emporia"}
    assert told["price"] == {"perKwh": "0.175", "line": "Energy"}


async def test_two_users_of_an_account_see_costs_of_their_own(stage) -> None:
    ada, bob = await stage.linked(), await stage.linked()
    await add(stage, ada, FLAT)
    await choose(stage, bob, "GBP")
    sockets = [await listen(stage, ada), await listen(stage, bob)]
    assert [(await costs_when(socket, bool))[0]["pricedBy"]["source"] for socket in sockets] == [
        "own",
        "emporia",
    ]


async def test_a_limited_key_is_told_no_cost(stage) -> None:
    person = await stage.linked()
    await add(stage, person, FLAT)
    body = {"name": "display", "scopes": ["stream"], "devices": [1001]}
    made = await stage.client.post("/me/keys", headers=person.bearer, json=body)
    person.token = made.json()["secret"]
    socket = await listen(stage, person)
    for _ in range(3):
        assert "cost" not in (await socket.receive_until("deviceData"))["data"]["live"]


async def test_who_does_not_ask_is_told_none(stage) -> None:
    person = await stage.linked()
    await add(stage, person, FLAT)
    await costs_when(await listen(stage, person), bool)
    socket = await stage.stream(person)
    assert "live" not in (await socket.receive_until("deviceData"))["data"]
    await socket.send({"type": "subscribe"})
    assert "extras" not in await socket.receive_until("subscribed")
    assert "cost" not in (await socket.receive_until("deviceData"))["data"]["live"]


@pytest.mark.parametrize(
    ("extras", "sentence"),
    [
        (["costs"], "extras: 'costs' is not known; allowed are flows, cost."),
        ("cost", "extras: must be a list; allowed are flows, cost."),
    ],
)
async def test_an_extra_that_can_not_be_is_named(stage, extras, sentence) -> None:
    socket = await stage.stream(await stage.linked())
    await socket.send({"type": "subscribe", "extras": extras})
    assert (await socket.receive_until("error"))["message"] == sentence
