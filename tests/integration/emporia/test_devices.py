"""The device rows of the REST table."""

from dataclasses import replace

import pytest

from domain.errors import (
    BudgetSpent,
    EmporiaRefusedRequest,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

INSTANT = {"instant": "2026-02-01T12:00:00Z", "scale": "1H", "energyUnit": "KilowattHours"}
HISTORY = {
    "channels": "1,2,3",
    "start": "2026-02-01",
    "end": "2026-02-01T03:00:00Z",
    "scale": "1H",
    "energyUnit": "KilowattHours",
}
ROUTES = [
    ("/devices", {}, "Failed to fetch devices"),
    ("/devices/instant", INSTANT, "Failed to fetch device instant usage"),
    ("/devices/1000/history", HISTORY, "Failed to fetch chart usage"),
]


async def test_devices_answers_emporias_customer_object_as_it_is(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get("/devices", headers=headers)

    assert answer.status_code == 200
    assert answer.json() == {"customerGid": 42, "devices": [{"deviceGid": 1000}]}


async def test_instant_answers_emporias_usages_as_they_are(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get("/devices/instant", headers=headers, params=INSTANT)

    usages = answer.json()["deviceListUsages"]
    assert answer.status_code == 200
    assert usages["instant"] == "2026-02-01T12:00:00Z"
    assert usages["scale"] == "1H"
    assert usages["energyUnit"] == "KilowattHours"
    assert [device["deviceGid"] for device in usages["devices"]] == [1000]


async def test_history_answers_the_first_instant_and_a_list(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get("/devices/1000/history", headers=headers, params=HISTORY)

    assert answer.status_code == 200
    assert answer.json() == {
        "firstUsageInstant": "2026-02-01T00:00:00Z",
        "usageList": [1.0, 1.0, 1.0],
    }


@pytest.mark.parametrize(("path", "query", "sentence"), ROUTES)
async def test_nothing_linked_is_400_in_the_routes_own_words(gateway, path, query, sentence):
    headers = await gateway.sign_up()

    answer = await gateway.client.get(path, headers=headers, params=query)

    assert answer.status_code == 400
    assert answer.json() == {"error": sentence}


@pytest.mark.parametrize(("path", "query", "sentence"), ROUTES[1:])
async def test_what_emporia_refuses_is_400_in_the_routes_own_words(gateway, path, query, sentence):
    headers = await gateway.linked()
    gateway.emporia.failure = EmporiaRefusedRequest()

    answer = await gateway.client.get(path, headers=headers, params=query)

    assert answer.status_code == 400
    assert answer.json() == {"error": sentence}


@pytest.mark.parametrize(("path", "query", "_sentence"), ROUTES)
async def test_a_dead_link_is_400(gateway, path, query, _sentence):
    headers = await gateway.linked()
    links = gateway.store.links
    links.update({user_id: replace(link, tokens=None) for user_id, link in links.items()})

    answer = await gateway.client.get(path, headers=headers, params=query)

    assert answer.status_code == 400
    assert answer.json() == {"error": "The Emporia account has to be linked again."}


@pytest.mark.parametrize(
    ("failure", "status", "sentence"),
    [
        (EmporiaUnreadable(), 502, "Emporia's cloud gave an answer that could not be read."),
        (
            EmporiaUnavailable(retry_after_seconds=90),
            503,
            "Emporia's cloud is not available right now.",
        ),
        (
            BudgetSpent(retry_after_seconds=90),
            503,
            "The request budget for this Emporia account is spent for now.",
        ),
        (EmporiaTimedOut(), 504, "Emporia's cloud did not answer in time."),
    ],
)
@pytest.mark.parametrize(("path", "query", "_sentence"), ROUTES[1:])
async def test_a_failing_cloud_carries_its_kind(
    gateway, path, query, _sentence, failure, status, sentence
):
    headers = await gateway.linked()
    gateway.emporia.failure = failure

    answer = await gateway.client.get(path, headers=headers, params=query)

    assert answer.status_code == status
    assert answer.json() == {"error": sentence}


@pytest.mark.parametrize(
    ("pause", "retry_after"), [(89.2, "90"), (7, "7"), (2.001, "3"), (86_400, "300")]
)
async def test_503_tells_the_whole_seconds_to_wait(gateway, pause, retry_after):
    headers = await gateway.linked()
    gateway.emporia.failure = EmporiaUnavailable(retry_after_seconds=pause)

    answer = await gateway.client.get("/devices/instant", headers=headers, params=INSTANT)

    assert answer.headers["Retry-After"] == retry_after


async def test_503_tells_to_wait_half_a_minute_when_nobody_knows(gateway):
    headers = await gateway.sign_up()
    gateway.user_pool.failure = EmporiaUnavailable()

    answer = await gateway.client.post(
        "/emporia-auth",
        headers=headers,
        json={"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"},
    )

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.parametrize(
    ("path", "query", "missing"),
    [
        *[("/devices/instant", INSTANT, name) for name in INSTANT],
        *[("/devices/1000/history", HISTORY, name) for name in HISTORY],
    ],
)
async def test_a_required_parameter_that_is_missing_or_empty_is_400(gateway, path, query, missing):
    headers = await gateway.linked()
    without = {name: value for name, value in query.items() if name != missing}

    left_out = await gateway.client.get(path, headers=headers, params=without)
    empty = await gateway.client.get(path, headers=headers, params={**query, missing: ""})

    assert (left_out.status_code, empty.status_code) == (400, 400)
    assert left_out.json() == {"error": "Missing required query parameters."}
    assert empty.json() == {"error": "Missing required query parameters."}


@pytest.mark.parametrize(
    ("path", "query", "wrong", "named"),
    [
        ("/devices/instant", INSTANT, {"instant": "yesterday"}, "instant: 'yesterday'"),
        ("/devices/instant", INSTANT, {"scale": "1h"}, "scale: '1h'"),
        ("/devices/instant", INSTANT, {"energyUnit": "kWh"}, "energyUnit: 'kWh'"),
        ("/devices/instant", INSTANT, {"devices": "1000,x"}, "devices: 'x'"),
        ("/devices/instant", INSTANT, {"devices": "0"}, "devices: '0'"),
        ("/devices/instant", INSTANT, {"devices": "-5"}, "devices: '-5'"),
        ("/devices/instant", INSTANT, {"devices": "1.5"}, "devices: '1.5'"),
        ("/devices/instant", INSTANT, {"devices": "٣"}, "devices: '٣'"),
        ("/devices/instant", INSTANT, {"devices": str(2**63)}, f"devices: '{2**63}'"),
        ("/devices/instant", INSTANT, {"devices": "99"}, "devices: 99 not found"),
        ("/devices/1000/history", HISTORY, {"scale": "1h"}, "scale: '1h'"),
        ("/devices/1000/history", HISTORY, {"energyUnit": "kWh"}, "energyUnit: 'kWh'"),
        ("/devices/1000/history", HISTORY, {"channels": "a b"}, "channels: 'a b'"),
        ("/devices/1000/history", HISTORY, {"end": "2026-02-01"}, "start: must be before end."),
        ("/devices/99/history", HISTORY, {}, "devices: 99 not found"),
    ],
)
async def test_a_bad_value_is_400_and_named(gateway, path, query, wrong, named):
    headers = await gateway.linked()

    answer = await gateway.client.get(path, headers=headers, params={**query, **wrong})

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(named)


@pytest.mark.parametrize("wrong", [{"start": "soon"}, {"end": "2026-13-01"}])
async def test_a_range_that_cannot_be_read_is_400(gateway, wrong):
    headers = await gateway.linked()

    answer = await gateway.client.get(
        "/devices/1000/history", headers=headers, params={**HISTORY, **wrong}
    )

    assert answer.status_code == 400
    assert answer.json() == {"error": "Invalid date format for start or end."}


async def test_a_series_that_emporia_does_not_know_is_400_and_explained(gateway):
    headers = await gateway.linked()
    gateway.emporia.failure = EmporiaRefusedRequest()

    answer = await gateway.client.get(
        "/devices/1000/history", headers=headers, params={**HISTORY, "channels": "99"}
    )

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("channels: Emporia has no series '99'")


async def test_more_buckets_than_the_bound_are_400_and_the_bound_is_named(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get(
        "/devices/1000/history", headers=headers, params={**HISTORY, "end": "2059-01-01"}
    )

    assert answer.status_code == 400
    assert "100000 buckets" in answer.json()["error"]


async def test_of_a_parameter_given_twice_the_last_one_counts(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get(
        "/devices/instant", headers=headers, params={**INSTANT, "scale": ["1D", "1H"]}
    )

    assert answer.json()["deviceListUsages"]["scale"] == "1H"
