"""How many connections there may be, and what the one too many is told."""

import logging

import pytest

from tests.integration.connections.conftest import STRANGER

ASK = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


async def is_served(peer) -> bool:
    await peer.send(ASK)
    return b"200 OK" in await peer.reader.readuntil(b"\r\n")


async def test_an_address_gets_so_many_connections_and_others_get_theirs(stages, dial) -> None:
    async with stages(connections_per_address=3) as stage:
        held = [await dial(stage, STRANGER) for _ in range(3)]
        assert all([await is_served(peer) for peer in held])

        answer = await (await dial(stage, STRANGER)).answer()
        other = await is_served(await dial(stage, "127.0.0.3"))

    assert (answer.status, answer.is_hardened()) == (429, True)
    assert answer.error == "Too many connections are open from this address."
    assert answer.headers["retry-after"] == "5"
    assert other


async def test_a_trusted_proxy_counts_in_all_alone(stages, dial) -> None:
    async with stages(connections_per_address=3) as stage:
        assert all([await is_served(await dial(stage)) for _ in range(12)])


async def test_a_place_is_free_again_when_its_connection_ends(stages, dial) -> None:
    async with stages(connections_per_address=2) as stage:
        first = await dial(stage, STRANGER)
        upgraded = await (await dial(stage, STRANGER)).upgrade()
        assert await is_served(first)
        assert (await (await dial(stage, STRANGER)).answer()).status == 429

        first.close()
        upgraded.close()

        served = 0
        while served < 2:
            peer = await dial(stage, STRANGER)
            await peer.send(ASK)
            served += b" 200 " in await peer.reader.readline()


async def test_there_are_so_many_connections_in_all_and_it_is_logged_once(
    stages, dial, caplog
) -> None:
    async with stages(connections=10) as stage:
        # The stage's own client may hold one, too.
        held = [await dial(stage) for _ in range(10)]
        answers = [await (await dial(stage)).answer() for _ in range(5)]
        for peer in held:
            peer.close()
        while not await is_served_again(stage, dial):
            pass

    assert {answer.status for answer in answers} == {503}
    assert {answer.error for answer in answers} == {"Too many connections are open."}
    lines = [r.message for r in caplog.records if r.name.endswith("admission")]
    assert lines == [
        "All 10 connections are taken; new ones are refused",
        "There is room for new connections again",
    ]
    assert {record.levelno for record in caplog.records if record.name.endswith("admission")} == {
        logging.WARNING
    }


async def is_served_again(stage, dial) -> bool:
    peer = await dial(stage)
    await peer.send(ASK)
    return b" 200 " in await peer.reader.readline()


@pytest.mark.parametrize("count", [40])
async def test_many_who_come_at_once_are_all_taken_in(stage, dial, count) -> None:
    peers = [await dial(stage, STRANGER) for _ in range(count)]

    assert all([await is_served(peer) for peer in peers])
