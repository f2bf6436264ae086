"""kill -9 of a node that polls: everybody sees something again, and nobody is polled twice."""

import os
import random

from tests.cluster.conftest import LEASE_SECONDS, ROUNDS, Clusters
from tests.cluster.takeover import NAMES, Crowd

ACCOUNTS = int(os.environ.get("CLUSTER_ACCOUNTS", "10"))
"""With three sockets each; `make cluster` has 300."""

MOST_EVERY_SECOND = 30
"""So many accounts are polled every second; of more each one has a budget for one poll in five."""

SPARSE_SECONDS = 5.0

TAKEOVER_SECONDS = LEASE_SECONDS + 1.0


async def test_everybody_sees_something_again_and_nobody_is_polled_twice(
    clusters: Clusters,
) -> None:
    is_sparse = ACCOUNTS > MOST_EVERY_SECOND
    daily = str(round(86_400 / SPARSE_SECONDS)) if is_sparse else "0"
    # The poll falls due within its pause after the takeover, and is shown in the next second.
    fresh_seconds = TAKEOVER_SECONDS + 1.0 + (SPARSE_SECONDS if is_sparse else 1.0)
    async with clusters(neighbours=ACCOUNTS, EMPORIA_DAILY_REQUESTS=daily) as cluster:
        for name in NAMES:
            await cluster.start(name)
        crowd = Crowd(cluster, random.Random(ACCOUNTS))  # noqa: S311  # to be the same again
        try:
            await crowd.come(ACCOUNTS)
            rounds = [
                await crowd.kill(NAMES[number % len(NAMES)], patience_seconds=4 * fresh_seconds)
                for number in range(ROUNDS)
            ]
        finally:
            await crowd.leave()
    assert max(told.frames for told in rounds) <= TAKEOVER_SECONDS
    assert max(told.fresh for told in rounds) <= fresh_seconds
    assert crowd.doubled(but_within_seconds=TAKEOVER_SECONDS) == []
