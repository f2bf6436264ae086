"""What happened to an account, read over real sockets by its owner and by nobody else."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from adapters.fake.clock import ManualClock
from application.operations.keep_trail import KeepTrail
from domain.accounts.trail import MOST_OF_A_USER

EPOCH = datetime.fromtimestamp(0, UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EMAIL = "person0@example.com"
PASSWORD = "correct horse"
NEW = "incorrect zebra"
FAR = {"X-Forwarded-For": "203.0.113.77"}


async def log_in(stage, password: str = PASSWORD, **headers: str) -> dict[str, str]:
    answer = await stage.client.post(
        "/login", json={"email": EMAIL, "password": password}, headers=headers
    )
    return {"Authorization": f"Bearer {answer.json().get('token')}"}


async def events_of(stage, bearer: dict[str, str], **query: Any) -> list[dict[str, Any]]:
    answer = await stage.client.get("/me/events", headers=bearer, params=query)
    assert answer.status_code == 200, answer.text
    events: list[dict[str, Any]] = answer.json()["events"]
    return events


async def test_a_walk_through_an_account_is_read_back_event_by_event(stage) -> None:
    person = await stage.sign_up()
    await log_in(stage, "wrong horse", **FAR)
    await log_in(stage, "worse horse", **FAR)
    fox = await log_in(stage, **{"User-Agent": FIREFOX, **FAR})
    (theirs,) = [
        one
        for one in (await stage.client.get("/me/sessions", headers=fox)).json()["sessions"]
        if one["current"]
    ]
    here = person.bearer
    await stage.client.delete(f"/me/sessions/{theirs['id']}", headers=here)
    changed = await stage.client.post(
        "/me/password", headers=here, json={"password": PASSWORD, "newPassword": NEW}
    )
    linked = await stage.link(person)
    await stage.client.delete("/emporia-auth", headers=here)
    made = await stage.client.post(
        "/me/keys", headers=here, json={"name": "display", "scopes": ["read"]}
    )
    await stage.client.delete(f"/me/keys/{made.json()['key']['id']}", headers=here)
    assert (changed.status_code, linked.status_code) == (204, 200)

    events = await events_of(stage, here)

    assert all(set(event) == {"at", "kind", "by", "detail"} for event in events)
    assert [event["at"] for event in events] == sorted(
        (event["at"] for event in events), reverse=True
    )
    me, mine = "session python-httpx/0.28.1", {"address": "127.0.0.0/24"}
    failure = next(event for event in events if event["kind"] == "sign_in_failed")
    assert failure["detail"].pop("until") > failure["at"]
    made_and_removed = [event["detail"].pop("account", "") for event in events]
    assert [account.isdigit() for account in made_and_removed if account] == [True, True]
    far = {"address": "203.0.113.0/24"}
    assert [(event["kind"], event["by"], event["detail"]) for event in reversed(events)] == [
        ("account_opened", "visitor python-httpx/0.28.1", mine),
        ("signed_in", me, mine),
        ("sign_in_failed", "visitor python-httpx/0.28.1", {**far, "times": "2"}),
        ("signed_in", "session Firefox on Linux", far),
        ("session_ended", me, {"session": "Firefox on Linux", "reason": "ended", **mine}),
        ("password_changed", me, mine),
        ("link_made", me, mine),
        ("link_removed", me, mine),
        ("key_made", me, {"key": "display", **mine}),
        ("key_revoked", me, {"key": "display", **mine}),
    ]


async def test_no_secret_no_email_and_no_whole_address_is_in_it(stage) -> None:
    person = await stage.linked()
    await log_in(stage, "wrong horse", **FAR)
    await stage.client.post("/logout", headers=await log_in(stage, **FAR))
    seen = json.dumps(await events_of(stage, person.bearer))
    await stage.container.trail().close()
    async with stage.container.engine().connect() as database:
        kept = await database.execute(text("SELECT kind, actor, detail, group_key FROM trail"))
        rows = kept.all()
    for told in (seen, repr(rows)):
        assert "203.0.113.0/24" in told
        for secret in ("203.0.113.77", "127.0.0.1", "@", "horse", "emporia-password", person.token):
            assert secret not in told


async def test_nobody_reads_what_happened_to_others(stage) -> None:
    ada, bob = await stage.sign_up(), await stage.sign_up()
    await stage.link(ada)
    await stage.client.post("/login", json={"email": ada.email, "password": "wrong horse"})
    kinds = [event["kind"] for event in await events_of(stage, bob.bearer)]
    assert kinds == ["signed_in", "account_opened"]
    assert (await stage.client.get("/me/events")).status_code == 401


async def test_pages_follow_each_other_by_the_last_instant(stage) -> None:
    person = await stage.sign_up()
    for _ in range(5):
        await log_in(stage)
    whole = await events_of(stage, person.bearer)
    pages: list[list[dict[str, Any]]] = []
    before: dict[str, str] = {}
    while page := await events_of(stage, person.bearer, limit=3, **before):
        pages.append(page)
        before = {"before": page[-1]["at"]}
        await log_in(stage)  # what comes meanwhile moves no page
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [event for page in pages for event in page] == whole


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"limit": "0"}, "limit: '0' is not a whole number from 1 to 200."),
        ({"limit": "201"}, "limit: '201' is not a whole number from 1 to 200."),
        ({"limit": "many"}, "limit: 'many' is not a whole number from 1 to 200."),
        ({"limit": ""}, "limit: '' is not a whole number from 1 to 200."),
        (
            {"before": "yesterday"},
            (
                "before: 'yesterday' is not an ISO 8601 instant of 1970 to 2099; "
                "2026-03-01T12:00:00Z is one."
            ),
        ),
    ],
)
async def test_what_can_not_be_read_is_named(gateway, query, sentence) -> None:
    answer = await gateway.client.get("/me/events", headers=await gateway.sign_up(), params=query)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})


async def test_after_its_time_nothing_is_shown(stages) -> None:
    async with stages(audit_days=7) as stage:
        person = await stage.sign_up()
        assert len(await events_of(stage, person.bearer)) == 2
        list_events = stage.container.list_events()
        caller = await stage.container.check_access()(person.token)
        late = ManualClock(stage.container.clock().now() + timedelta(days=7, seconds=1))
        assert await replace(list_events, clock=late)(caller, before=None, most=9) == []

        trail = stage.container.trail()
        sweeping = asyncio.create_task(KeepTrail(trail=trail, clock=late, days=7).run())
        while await trail.newest(since=EPOCH, most=9):
            await late.settle()
        sweeping.cancel()


async def test_where_it_is_off_nothing_is_kept_and_the_list_is_empty(stages) -> None:
    async with stages(audit_days=0) as stage:
        person = await stage.sign_up()
        assert await events_of(stage, person.bearer) == []


async def test_a_flood_of_failures_is_a_few_lines(stages) -> None:
    async with stages(account_calls_per_minute=1000) as stage:
        person = await stage.sign_up()
        for number in range(12):
            await log_in(stage, "wrong horse", **{"X-Forwarded-For": f"203.0.113.{number}"})
        failed = [
            event
            for event in await events_of(stage, person.bearer)
            if event["kind"] == "sign_in_failed"
        ]
        assert len(failed) == 1
        assert MOST_OF_A_USER >= int(failed[0]["detail"]["times"]) > 1


async def test_a_stop_writes_what_has_just_happened(stages) -> None:
    async with stages() as stage:
        await stage.sign_up()
    async with stages() as again, again.container.engine().connect() as database:
        kinds = (await database.execute(text("SELECT kind FROM trail ORDER BY at"))).all()
    assert kinds == [("account_opened",), ("signed_in",)]


@pytest.mark.parametrize("password", ["password1", "Liverpool", EMAIL, "person0"])
async def test_a_common_password_is_refused_where_that_is_asked_for(stages, password) -> None:
    body = {"email": EMAIL, "password": password}
    async with stages(password_blocklist=True, password_min_length=7) as stage:
        answer = await stage.client.post(
            "/signup", json=body, headers={"Accept": "application/problem+json"}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "password_unacceptable")
        person = await stage.sign_up()
        changed = await stage.client.post(
            "/me/password", headers=person.bearer, json={**body, "newPassword": password}
        )
        assert changed.status_code == 400
