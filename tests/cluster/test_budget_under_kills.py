"""Whoever is killed, and whenever: the budget knows every request that Emporia saw."""

import random

from tests.cluster.conftest import ROUNDS, Clusters
from tests.cluster.kills import Rounds

PEOPLE = 3
LEASE_SECONDS = 2


async def test_the_budget_is_never_below_what_was_asked_and_hardly_above(
    clusters: Clusters,
) -> None:
    async with clusters(
        neighbours=PEOPLE,
        LEASE_SECONDS=str(LEASE_SECONDS),
        EMPORIA_DAILY_REQUESTS="1000000",
        RECORDER="on",
    ) as cluster:
        rounds = Rounds(cluster, random.Random(ROUNDS))  # noqa: S311  # to be the same again
        await rounds.begin(people=PEOPLE)
        for _ in range(ROUNDS):
            await rounds.kill_one()
            await rounds.pause_one(seconds=1.5 * LEASE_SECONDS)
        counted = await rounds.end()

    assert rounds.frames > 0
    assert rounds.answers > 0
    for account in counted.values():
        assert 0 < account.asked <= account.spent <= account.asked + ROUNDS
