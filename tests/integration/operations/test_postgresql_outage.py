"""A PostgreSQL server that goes away under a running gateway, and comes back."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from sqlalchemy import make_url

from tests.integration.conftest import Stage, Stages
from tests.servers.postgres import PostgresServer, running

PROBLEM = {"Accept": "application/problem+json"}


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """One that nobody else needs."""
    with running() as server:
        yield server


@pytest.fixture
async def stage(server: PostgresServer, stages: Stages) -> AsyncIterator[Stage]:
    async with stages(database_url=server.url(server.create())) as stage:
        yield stage


@pytest.mark.parametrize(
    ("leave", "come_back"),
    [
        (PostgresServer.kill, PostgresServer.start_again),
        (PostgresServer.pause, PostgresServer.go_on),
    ],
    ids=["killed", "standing still"],
)
async def test_frames_go_on_requests_are_503_and_all_is_well_again_by_itself(
    stage,
    server: PostgresServer,
    leave: Callable[[PostgresServer], None],
    come_back: Callable[[PostgresServer], None],
) -> None:
    person = await stage.linked()
    socket = await stage.stream(person)
    await socket.receive_until("deviceData")

    leave(server)
    try:
        refused = await stage.client.post(
            "/signup",
            json={"email": "bob@example.com", "password": "correct horse"},
            headers=PROBLEM,
        )
        ready = await stage.client.get("/health/ready")
        live = await stage.client.get("/health/live")
        frames = [await socket.receive() for _ in range(3)]
    finally:
        come_back(server)

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert refused.json()["code"] == "storage_unavailable"
    assert (ready.status_code, live.status_code) == (503, 200)
    assert {frame["type"] for frame in frames} <= {"deviceData", "warning"}
    async with asyncio.timeout(15):
        while (await stage.client.get("/health/ready")).status_code != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # what is waited for tells nobody
        await socket.receive_until("deviceData")
    assert (await stage.get("/me", person)).status_code == 200
    await stage.sign_up("bob@example.com")


async def test_a_stream_is_told_why_and_closed(stage, server: PostgresServer) -> None:
    person = await stage.sign_up()
    socket = await stage.connect()
    server.kill()
    try:
        await socket.send({"type": "authenticate", "token": person.token})

        assert await socket.receive_until("error") == {
            "type": "error",
            "message": "The gateway can't read or write its own data right now.",
        }
        assert await socket.closed() == 1013
    finally:
        server.start_again()


async def test_a_database_that_can_not_be_written_is_not_ready_and_told_once(
    stage, server: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    name = make_url(stage.settings.database_url).database
    server.sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    # Those that are open know nothing of it.
    server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    )
    body = {"email": "bob@example.com", "password": "correct horse"}

    answers = [await stage.client.post("/signup", json=body, headers=PROBLEM) for _ in range(3)]
    ready = await stage.client.get("/health/ready")

    assert [answer.status_code for answer in answers] == [503] * 3
    assert answers[0].json()["code"] == "storage_unavailable"
    assert ready.status_code == 503
    assert (await stage.client.get("/health/live")).status_code == 200
    errors = [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
    assert errors.count("the database fails: ReadOnlySQLTransactionError (25006)") == 1
