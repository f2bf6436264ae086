"""The Emporia rows of the wire contract's REST tables, over real sockets."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

NOW = {"scale": "1MIN", "energyUnit": "KilowattHours"}


def now() -> str:
    return datetime.now(UTC).isoformat()


def gids_of(usages: dict[str, Any]) -> list[int]:
    return [device["deviceGid"] for device in usages["deviceListUsages"]["devices"]]


async def test_post_emporia_auth_200(stage):
    answer = await stage.link(await stage.sign_up())

    assert answer.status_code == 200
    assert answer.json() == {"message": "Emporia authentication successful"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"emporiaUsername": "home@example.com"},
        {"emporiaUsername": "", "emporiaPassword": "emporia-password"},
        {"emporiaUsername": "home@example.com", "emporiaPassword": 7},
    ],
)
async def test_post_emporia_auth_400_missing_required_credentials(stage, body):
    person = await stage.sign_up()

    answer = await stage.client.post("/emporia-auth", headers=person.bearer, json=body)

    assert (answer.status_code, answer.json()) == (400, {"error": "Missing required credentials"})


async def test_post_emporia_auth_400_for_a_wrong_password_leaves_what_was_linked(stage):
    person = await stage.linked()

    answer = await stage.link(person, password="wrong-password")

    assert answer.status_code == 400
    assert answer.json() == {"error": "Emporia authentication failed"}
    assert (await stage.get("/devices", person)).status_code == 200


@pytest.mark.parametrize(
    ("user", "sentence"),
    [
        ("reset", "Emporia requires a password reset for this account."),
        ("unconfirmed", "This Emporia account is not confirmed yet."),
        ("nobody", "Emporia authentication failed"),
    ],
)
async def test_post_emporia_auth_400_tells_the_refusals_apart(stage, user, sentence):
    person = await stage.sign_up()

    answer = await stage.link(person, f"{user}@example.com", f"{user}-password")

    assert (answer.status_code, answer.json()) == (400, {"error": sentence})


async def test_delete_emporia_auth_204_forgets_the_link(stage):
    person = await stage.linked()

    answer = await stage.client.delete("/emporia-auth", headers=person.bearer)

    assert (answer.status_code, answer.content) == (204, b"")
    assert (await stage.get("/me", person)).json()["user"]["emporiaUsername"] is None
    assert (await stage.get("/devices", person)).json() == {"error": "Failed to fetch devices"}


async def test_get_devices_200_is_emporias_customer_object(stage):
    person = await stage.linked()

    answer = await stage.get("/devices", person)

    assert answer.status_code == 200
    customer = answer.json()
    assert {"customerGid", "email", "firstName", "lastName", "createdAt", "devices"} <= set(
        customer
    )
    assert customer["devices"][0]["deviceConnected"]["connected"] is True


async def test_no_answer_holds_a_breaker_pin(stage):
    person = await stage.linked()

    assert "breakerPIN" not in (await stage.get("/devices", person)).text


@pytest.mark.parametrize(
    ("path", "query", "sentence"),
    [
        ("/devices", {}, "Failed to fetch devices"),
        (
            "/devices/instant",
            {"instant": "2026-03-01T12:00:00Z", **NOW},
            "Failed to fetch device instant usage",
        ),
        (
            "/devices/1/history",
            {"channels": "1", "start": "2026-03-01", "end": "2026-03-02", **NOW},
            "Failed to fetch chart usage",
        ),
    ],
)
async def test_every_device_row_400_when_nothing_is_linked(stage, path, query, sentence):
    answer = await stage.get(path, await stage.sign_up(), **query)

    assert (answer.status_code, answer.json()) == (400, {"error": sentence})


async def test_get_devices_instant_200(stage):
    person = await stage.linked()

    answer = await stage.get("/devices/instant", person, instant=now(), **NOW)

    assert answer.status_code == 200
    usages = answer.json()["deviceListUsages"]
    assert (usages["scale"], usages["energyUnit"]) == ("1MIN", "KilowattHours")
    assert usages["instant"].endswith("Z")
    channel = usages["devices"][0]["channelUsages"][0]
    assert {"name", "usage", "deviceGid", "channelNum", "percentage"} <= set(channel)


@pytest.mark.parametrize("missing", ["instant", "scale", "energyUnit"])
async def test_get_devices_instant_400_missing_required_query_parameters(stage, missing):
    person = await stage.linked()
    query = {"instant": "2026-03-01T12:00:00Z", **NOW}
    query.pop(missing)

    answer = await stage.get("/devices/instant", person, **query)

    assert answer.status_code == 400
    assert answer.json() == {"error": "Missing required query parameters."}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("instant", "yesterday"),
        ("scale", "1Min"),
        ("energyUnit", "kilowatthours"),
        ("devices", "one"),
        ("devices", "-1"),
        ("devices", "999999999"),
    ],
)
async def test_get_devices_instant_400_names_the_bad_value(stage, name, value):
    person = await stage.linked()
    query = {"instant": now(), **NOW, name: value}

    answer = await stage.get("/devices/instant", person, **query)

    assert answer.status_code == 400
    assert name in answer.json()["error"]
    assert value in answer.json()["error"]


@pytest.mark.parametrize(
    "form",
    [
        "devices={0}&devices={1}",
        "devices={0},{1}",
        "devices[]={0}&devices[]={1}",
        "devices%5B%5D={0},{1}",
    ],
)
async def test_get_devices_instant_takes_devices_in_every_form(stage, form):
    person = await stage.linked()
    everything = await stage.get("/devices/instant", person, instant=now(), **NOW)
    first, second = gids_of(everything.json())[:2]
    query = form.format(first, second)

    answer = await stage.client.get(
        f"/devices/instant?instant={now().replace('+', '%2B')}&scale=1MIN"
        f"&energyUnit=KilowattHours&{query}",
        headers=person.bearer,
    )

    assert gids_of(answer.json()) == [first, second]


async def test_get_devices_instant_gives_a_nested_device_asked_for_by_itself_at_the_top(stage):
    person = await stage.linked()
    everything = (await stage.get("/devices/instant", person, instant=now(), **NOW)).json()
    nested = next(
        inner["deviceGid"]
        for device in everything["deviceListUsages"]["devices"]
        for channel in device["channelUsages"]
        for inner in channel["nestedDevices"]
    )

    answer = await stage.get("/devices/instant", person, instant=now(), devices=nested, **NOW)

    assert nested not in gids_of(everything)
    assert gids_of(answer.json()) == [nested]


@pytest.mark.parametrize("scale", ["1S", "1MIN", "15MIN", "1H", "1D", "1W", "1MON", "1Y"])
async def test_get_devices_instant_answers_at_every_scale(stage, scale):
    person = await stage.linked()

    answer = await stage.get(
        "/devices/instant", person, instant=now(), scale=scale, energyUnit="Dollars"
    )

    assert answer.status_code == 200
    assert answer.json()["deviceListUsages"]["scale"] == scale


async def history(stage, person, **query):
    devices = (await stage.get("/devices", person)).json()["devices"]
    gid = query.pop("gid", devices[0]["deviceGid"])
    return await stage.get(f"/devices/{gid}/history", person, **{**NOW, **query})


def hours_ago(hours: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - timedelta(hours=hours)


async def test_get_history_200(stage):
    start = hours_ago(1).replace(second=30)

    answer = await history(
        stage,
        await stage.linked(),
        channels="1,2,3",
        start=start.isoformat(),
        end=(start + timedelta(minutes=10)).isoformat(),
    )

    assert answer.status_code == 200
    assert set(answer.json()) == {"firstUsageInstant", "usageList"}
    first = datetime.fromisoformat(answer.json()["firstUsageInstant"])
    assert first == start.replace(second=0)
    assert len(answer.json()["usageList"]) == 11
    assert all(usage > 0 for usage in answer.json()["usageList"])


@pytest.mark.parametrize("missing", ["channels", "start", "end", "scale", "energyUnit"])
async def test_get_history_400_missing_required_query_parameters(stage, missing):
    query = {"channels": "1", "start": "2026-03-01", "end": "2026-03-02", **NOW, missing: ""}

    answer = await history(stage, await stage.linked(), **query)

    assert answer.status_code == 400
    assert answer.json() == {"error": "Missing required query parameters."}


@pytest.mark.parametrize("bad", ["start", "end"])
async def test_get_history_400_invalid_date_format(stage, bad):
    query = {"channels": "1", "start": "2026-03-01", "end": "2026-03-02", bad: "soon"}

    answer = await history(stage, await stage.linked(), **query)

    assert answer.status_code == 400
    assert answer.json() == {"error": "Invalid date format for start or end."}


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ({"scale": "2H"}, "2H"),
        ({"energyUnit": "Joules"}, "Joules"),
        ({"channels": "a-b"}, "a-b"),
        ({"channels": "1,7"}, "1,7"),
        ({"end": "2026-02-01"}, "start"),
        ({"scale": "1S", "start": "2025-03-01"}, "100000"),
        ({"gid": 999999999}, "999999999"),
    ],
)
async def test_get_history_400_names_another_bad_value(stage, bad, named):
    query = {"channels": "1", "start": "2026-03-01", "end": "2026-03-02", **bad}

    answer = await history(stage, await stage.linked(), **query)

    assert answer.status_code == 400
    assert named in answer.json()["error"]


@pytest.mark.parametrize("gid", ["abc", "0", "-5", "1.5", str(2**63)])
async def test_get_history_404_for_what_is_no_device_gid(stage, gid):
    answer = await stage.get(f"/devices/{gid}/history", await stage.linked())

    assert answer.status_code == 404
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize("form", ["channels=1&channels=2&channels=3", "channels[]=1,2,3"])
async def test_get_history_takes_the_mains_in_every_form(stage, form):
    person = await stage.linked()
    gid = (await stage.get("/devices", person)).json()["devices"][0]["deviceGid"]
    start, end = hours_ago(2), hours_ago(1)
    span = f"start={start:%Y-%m-%dT%H:%M:%SZ}&end={end:%Y-%m-%dT%H:%M:%SZ}"
    query = f"{span}&scale=1MIN&energyUnit=KilowattHours"

    answer = await stage.client.get(f"/devices/{gid}/history?{query}&{form}", headers=person.bearer)

    assert answer.status_code == 200
    assert None not in answer.json()["usageList"]


async def test_get_history_wider_than_emporias_window_has_no_gap_and_no_doubled_bucket(stage):
    person = await stage.linked()
    start, end = hours_ago(40).replace(minute=7), hours_ago(1)
    asked = {"channels": "1,2,3", "start": start.isoformat(), "end": end.isoformat()}

    minutes = (await history(stage, person, scale="1MIN", **asked)).json()
    hours = (await history(stage, person, scale="1H", **asked)).json()

    first_minute = datetime.fromisoformat(minutes["firstUsageInstant"])
    first_hour = datetime.fromisoformat(hours["firstUsageInstant"])
    skipped = int((first_hour + timedelta(hours=1) - first_minute).total_seconds() // 60)
    second_hour = minutes["usageList"][skipped : skipped + 60]
    assert first_minute == start.replace(second=0)
    assert sum(second_hour) == pytest.approx(hours["usageList"][1], rel=1e-9)
    assert len(minutes["usageList"]) == -(-(end - first_minute).total_seconds() // 60)


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        ({"kind": "truncated_json"}, 502, "Emporia's cloud gave an answer that could not be read."),
        ({"kind": "rate_limited", "seconds": 30}, 503, None),
        ({"kind": "maintenance"}, 503, None),
        ({"kind": "server_error"}, 503, None),
        ({"kind": "connection_reset"}, 503, None),
    ],
)
async def test_when_the_cloud_fails_the_failure_carries_its_kind(stage, fault, status, sentence):
    person = await stage.linked()
    await stage.fault(**fault)

    answer = await stage.get(
        "/devices/instant", person, instant="2026-03-01T12:00:00Z", scale="1D", energyUnit="Trees"
    )

    assert answer.status_code == status
    assert sentence in (None, answer.json()["error"])
    assert ("Retry-After" in answer.headers) == (status == 503)


async def test_when_the_cloud_does_not_answer_in_time_it_is_504(stages):
    async with stages(emporia_total_timeout_seconds=3) as stage:
        person = await stage.linked()
        await stage.fault(kind="latency", seconds=30)

        answer = await stage.get(
            "/devices/instant",
            person,
            instant="2026-03-01T12:00:00Z",
            scale="1D",
            energyUnit="Trees",
        )

    assert answer.status_code == 504


@pytest.mark.parametrize("path", ["/devices", "/devices/instant", "/devices/{gid}/history"])
async def test_a_dead_link_has_to_be_linked_again(stage, path):
    person = await stage.linked()
    gid = (await stage.get("/devices", person)).json()["devices"][0]["deviceGid"]
    await stage.revoke_refresh_tokens()
    await stage.expire_tokens()
    then = {"instant": "2026-03-01", "start": "2026-03-01", "end": "2026-03-02", "channels": "1"}
    asked = {**then, "scale": "1D", "energyUnit": "KilowattHours"}

    await stage.get("/devices/instant", person, **asked)
    answer = await stage.get(path.format(gid=gid), person, **asked)

    assert answer.status_code == 400
    assert answer.json() == {"error": "The Emporia account has to be linked again."}


async def test_an_expired_token_is_refreshed_without_anybody_noticing(stage):
    person = await stage.linked()
    await stage.expire_tokens()

    answer = await stage.get("/devices/instant", person, instant=now(), **NOW)

    assert answer.status_code == 200
