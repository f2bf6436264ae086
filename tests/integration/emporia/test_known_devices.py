"""`GET /devices?stale=true`: the list that was kept, where Emporia can't be asked."""

import pytest

from domain.errors import BudgetSpent, EmporiaTimedOut, EmporiaUnavailable, EmporiaUnreadable

OUTAGES = [
    (EmporiaUnavailable(retry_after_seconds=30), 503),
    (EmporiaTimedOut(), 504),
    (EmporiaUnreadable(), 502),
    (BudgetSpent(), 503),
]


async def in_an_outage(gateway, failure):
    """A person whose list is 90 seconds old when the cloud goes."""
    gateway.container.keep_last_known().listen(gateway.container.events())
    headers = await gateway.linked()
    await gateway.clock.advance(90)
    gateway.emporia.failure = failure
    return headers


@pytest.mark.parametrize(("failure", "status"), OUTAGES)
async def test_the_kept_list_is_told_with_its_age_to_who_asks_for_it(gateway, failure, status):
    headers = await in_an_outage(gateway, failure)

    told = await gateway.client.get("/devices?stale=true", headers=headers)

    assert told.status_code == 200
    assert told.headers["age"].isdigit()
    assert int(told.headers["age"]) >= 90
    assert told.json() == {"customerGid": 42, "devices": [{"deviceGid": 1000}]}
    for path in ("/devices", "/devices?stale=false"):
        assert (await gateway.client.get(path, headers=headers)).status_code == status


async def test_a_list_of_now_has_no_age(gateway):
    headers = await gateway.linked()

    told = await gateway.client.get("/devices?stale=true", headers=headers)

    assert told.status_code == 200
    assert "age" not in told.headers


async def test_who_unlinked_is_told_nothing_that_was_kept(gateway):
    headers = await in_an_outage(gateway, EmporiaUnavailable(retry_after_seconds=30))
    await gateway.client.delete("/emporia-auth", headers=headers)

    told = await gateway.client.get("/devices?stale=true", headers=headers)

    assert told.status_code == 400
    assert told.json() == {"error": "Failed to fetch devices"}
    assert gateway.store.last_answers == {}


async def test_what_is_neither_true_nor_false_is_named(gateway):
    headers = await gateway.linked()

    told = await gateway.client.get("/devices?stale=perhaps", headers=headers)

    assert told.status_code == 400
    assert told.json() == {"error": "stale: 'perhaps' is not known; allowed are true, false."}
