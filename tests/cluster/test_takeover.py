"""kill -9 of a node that polls: everybody sees something again, and nobody is polled twice."""

import os
import random
import sys

from tests.cluster.conftest import LEASE_SECONDS, ROUNDS, Clusters
from tests.cluster.takeover import NAMES, Crowd

ACCOUNTS = int(os.environ.get("CLUSTER_ACCOUNTS", "10"))
"""With three sockets each; `make cluster` has 300."""

TAKEOVER_SECONDS = LEASE_SECONDS + 1.0
FRESH_SECONDS = TAKEOVER_SECONDS + 2.0
"""The poll falls due within a second of the takeover, and is shown in the next."""


async def test_everybody_sees_something_again_and_nobody_is_polled_twice(
    clusters: Clusters,
) -> None:
    async with clusters(neighbours=ACCOUNTS, PASSWORD_THREADS="1") as cluster:
        for name in NAMES:
            await cluster.start(name)
        crowd = Crowd(cluster, random.Random(ACCOUNTS))  # noqa: S311  # to be the same again
        try:
            await crowd.come(ACCOUNTS)
            for number in range(ROUNDS):
                told = await crowd.kill(
                    NAMES[number % len(NAMES)], patience_seconds=4 * FRESH_SECONDS
                )
                print(f"round {number + 1}: {told}", file=sys.__stderr__)
                assert told.frames <= TAKEOVER_SECONDS
                assert told.fresh <= FRESH_SECONDS
            assert crowd.in_one_second() == 1
        finally:
            await crowd.leave()
