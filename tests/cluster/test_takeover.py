"""kill -9 of a node that polls: everybody sees something again, and nobody is polled twice."""

import os
import random

from tests.cluster.conftest import LEASE_SECONDS, ROUNDS, Clusters
from tests.cluster.takeover import NAMES, Crowd

ACCOUNTS = int(os.environ.get("CLUSTER_ACCOUNTS", "10"))
"""With three sockets each; `make cluster` has 300."""

A_POLL_A_SECOND = "86400"
"""A day's requests; the first third of what streams may have goes as fast as the data comes."""

TAKEOVER_SECONDS = LEASE_SECONDS + 1.0

FRESH_SECONDS = 10.0
"""Nobody promises so soon a poll; but the round has to come to its end."""


async def test_everybody_sees_something_again_and_nobody_is_polled_twice(
    clusters: Clusters,
) -> None:
    async with clusters(neighbours=ACCOUNTS, EMPORIA_DAILY_REQUESTS=A_POLL_A_SECOND) as cluster:
        for name in NAMES:
            await cluster.start(name)
        crowd = Crowd(cluster, random.Random(ACCOUNTS))  # noqa: S311  # to be the same again
        try:
            await crowd.come(ACCOUNTS)
            rounds = [
                await crowd.kill(NAMES[number % len(NAMES)], patience_seconds=4 * FRESH_SECONDS)
                for number in range(ROUNDS)
            ]
        finally:
            await crowd.leave()
    assert crowd.doubled(but_within_seconds=TAKEOVER_SECONDS) == []
    assert max(told.frames for told in rounds) <= TAKEOVER_SECONDS
    assert max(told.fresh for told in rounds) <= FRESH_SECONDS
