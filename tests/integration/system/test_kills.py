"""Three times kill -9 under writes; `make chaos` has fifty."""

from tests.chaos.kills import rounds_of_kills

ROUNDS = 3


async def test_kills_lose_nothing_that_was_acknowledged(gateways) -> None:
    writes = await rounds_of_kills(gateways, rounds=ROUNDS, seed=0)

    assert writes >= ROUNDS
