"""Sessions over real sockets: listed, ended one by one or all but one's own, a new password."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
LOGIN = {"email": "person0@example.com", "password": "correct horse"}


async def log_in(stage, user_agent: str = "curl/8.5.0") -> dict[str, str]:
    answer = await stage.client.post("/login", json=LOGIN, headers={"User-Agent": user_agent})
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def sessions_of(stage, bearer: dict[str, str]) -> list[dict[str, Any]]:
    answer = await stage.client.get("/me/sessions", headers=bearer)
    assert answer.status_code == 200
    sessions: list[dict[str, Any]] = answer.json()["sessions"]
    return sessions


async def status_of(stage, bearer: dict[str, str]) -> int:
    status: int = (await stage.client.get("/me", headers=bearer)).status_code
    return status


async def test_sessions_tell_what_where_and_when(stage):
    person = await stage.sign_up()
    await log_in(stage, FIREFOX)

    sessions = await sessions_of(stage, person.bearer)

    assert {one["name"] for one in sessions} == {"Firefox on Linux", "python-httpx/0.28.1"}
    (current,) = [one for one in sessions if one["current"]]
    assert set(current) == {"id", "name", "addressPrefix", "createdAt", "lastUsedAt", "current"}
    assert current["addressPrefix"] == "127.0.0.0/24"
    assert current["createdAt"].endswith("Z")


async def test_one_session_ends_with_its_streams_within_a_second(stage):
    person = await stage.linked()
    other = await log_in(stage)
    token = other["Authorization"].removeprefix("Bearer ")
    (theirs,) = [one for one in await sessions_of(stage, other) if one["current"]]
    socket = await stage.stream(replace(person, token=token))
    await socket.receive_until("deviceData")

    answer = await stage.client.delete(f"/me/sessions/{theirs['id']}", headers=person.bearer)

    assert answer.status_code == 204
    async with asyncio.timeout(1):
        assert (await socket.receive_until("error"))["message"] == "Invalid or expired token."
        await socket.closed()
    assert await status_of(stage, other) == 401
    assert await status_of(stage, person.bearer) == 200
    assert len(await sessions_of(stage, person.bearer)) == 1


async def test_a_session_of_nobody_and_one_of_somebody_else_are_404_alike(stage):
    ada, bob = await stage.sign_up(), await stage.sign_up()
    (bobs,) = await sessions_of(stage, bob.bearer)
    answers = [
        await stage.client.delete(f"/me/sessions/{login_id}", headers=ada.bearer)
        for login_id in (bobs["id"], "made-up", "x" * 2000)
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {
        (404, '{"error":"There is no such session."}')
    }
    assert await status_of(stage, bob.bearer) == 200


async def test_all_other_sessions_end_and_ones_own_goes_on(stage):
    person = await stage.sign_up()
    others = [await log_in(stage) for _ in range(3)]

    answer = await stage.client.delete("/me/sessions", headers=person.bearer)

    assert answer.status_code == 204
    assert [await status_of(stage, other) for other in others] == [401, 401, 401]
    renewed = await stage.client.post("/token", headers=person.bearer)
    assert renewed.status_code == 200
    assert await status_of(stage, await log_in(stage)) == 200
    assert await status_of(stage, person.bearer) == 200


async def test_a_new_password_ends_every_other_session_and_its_streams(stage):
    person = await stage.linked()
    other = await log_in(stage)
    token = other["Authorization"].removeprefix("Bearer ")
    socket = await stage.stream(replace(person, token=token))
    await socket.receive_until("deviceData")
    changing = asyncio.create_task(
        stage.client.post(
            "/me/password",
            headers=person.bearer,
            json={"password": "correct horse", "newPassword": "incorrect zebra"},
        )
    )
    async with asyncio.timeout(2):
        await socket.closed()
    assert (await changing).status_code == 204
    assert await status_of(stage, other) == 401
    assert await status_of(stage, person.bearer) == 200
    old = await stage.client.post("/login", json=LOGIN)
    new = await stage.client.post("/login", json={**LOGIN, "password": "incorrect zebra"})
    assert (old.status_code, new.status_code) == (401, 200)


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({}, 400, "Password and newPassword are required."),
        ({"password": "correct horse"}, 400, "Password and newPassword are required."),
        (
            {"password": "correct horse", "newPassword": "short"},
            400,
            "The password must have 8 to 1024 characters.",
        ),
        (
            {"password": "wrong horse", "newPassword": "incorrect zebra"},
            401,
            "Invalid email or password.",
        ),
    ],
)
async def test_a_refused_password_change_says_why_and_changes_nothing(
    stage, body, status, sentence
):
    person = await stage.sign_up()
    answer = await stage.client.post("/me/password", headers=person.bearer, json=body)
    assert (answer.status_code, answer.json()) == (status, {"error": sentence})
    assert (await stage.client.post("/login", json=LOGIN)).status_code == 200


async def test_a_session_that_rested_longer_than_allowed_is_over(stages):
    async with stages(session_idle_minutes=5) as stage:
        person = await stage.sign_up()
        async with stage.container.engine().begin() as connection:
            await connection.exec_driver_sql(
                "UPDATE sessions SET last_used_at = last_used_at - 301 * 1000000"
            )

        assert await status_of(stage, person.bearer) == 401
        assert await status_of(stage, await log_in(stage)) == 200
