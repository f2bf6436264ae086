"""Fifty times kill -9 under writes: `make chaos`."""

from tests.chaos.kills import rounds_of_kills
from tests.integration.system.conftest import cloud as cloud
from tests.integration.system.conftest import gateways as gateways

ROUNDS = 50


async def test_fifty_kills_lose_nothing_that_was_acknowledged(gateways) -> None:
    writes = await rounds_of_kills(gateways, rounds=ROUNDS, seed=1)

    assert writes >= ROUNDS
