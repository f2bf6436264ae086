"""Nodes that are killed while many watch: when everybody sees something again, and who polled."""

import asyncio
import logging
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle, pairwise

import httpx

from tests.cluster.cluster import Cluster, Node, Person, eventually
from tests.cluster.viewer import Viewer

logger = logging.getLogger(__name__)

NAMES = "abc"
SOCKETS = 3
"""How many watch each account."""

SECONDS = {"scale": "1S"}
"""Frames that tell when their sample came."""

LOOK_SECONDS = 0.5

AT_ONCE = 4
"""Accounts that come at a time."""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one kill, in seconds after it: the slowest of all viewers.

    `frames` is the first frame, `fresh` the first that was polled after the kill, `gap` the
    longest time without a frame of those who were on other nodes.
    """

    frames: float
    fresh: float
    gap: float


@dataclass(slots=True)
class Crowd:
    """All who watch, and the log of polls while they do."""

    cluster: Cluster
    chance: random.Random
    people: list[Person] = field(default_factory=list)
    viewers: list[Viewer] = field(default_factory=list)
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    """When a node was killed."""

    async def come(self, accounts: int) -> None:
        """Sign up, link, and watch: the sockets of each account at three nodes."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(node: Node) -> Person:
            async with turns:
                return await self.cluster.newcomer(node)

        nodes = cycle(self.cluster.nodes.values())
        coming = [one(node) for node, _ in zip(nodes, range(accounts), strict=False)]
        self.people = list(await asyncio.gather(*coming))
        self.tasks.append(asyncio.create_task(self._note_polls()))
        for first in range(0, accounts, AT_ONCE):
            # A few accounts after the other: what all coming at once do is asked elsewhere.
            some = [
                Viewer(person.token, self._way_to(name), subscription=SECONDS)
                for person in self.people[first : first + AT_ONCE]
                for name in NAMES[:SOCKETS]
            ]
            self.tasks += [asyncio.create_task(viewer.watch()) for viewer in some]
            self.viewers += some
            await asyncio.gather(*(viewer.some.wait() for viewer in some))

    async def leave(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def kill(self, name: str, *, patience_seconds: float) -> Round:
        """Kill a node at a moment that nobody knows, and start it again afterwards."""
        await asyncio.sleep(self.chance.uniform(0, 1))
        for viewer in self.viewers:
            viewer.forget()
        hung = {viewer for viewer in self.viewers if viewer.node == name}
        node = self.cluster.nodes.pop(name)
        killed_at = time.time()
        self.kills.append(killed_at)
        await node.end(signal.SIGKILL)

        waiting = set(self.viewers)

        async def all_see_anew() -> bool:
            await asyncio.sleep(LOOK_SECONDS)
            waiting.difference_update(
                [viewer for viewer in waiting if _fresh_at(viewer, killed_at) is not None]
            )
            return not waiting

        with suppress(TimeoutError):
            await eventually(all_see_anew, within=patience_seconds)
        assert not waiting, [viewer.state(since=killed_at) for viewer in waiting]
        told = Round(
            frames=max(_first_at(viewer, killed_at) - killed_at for viewer in self.viewers),
            fresh=max((_fresh_at(viewer, killed_at) or 0) - killed_at for viewer in self.viewers),
            gap=max(
                (_longest_gap(viewer, killed_at) for viewer in self.viewers if viewer not in hung),
                default=0.0,
            ),
        )
        logger.info("%s was killed: %s", name, told)
        await self.cluster.start(name)
        await self.cluster.whole()
        return told

    def doubled(self, *, but_within_seconds: float) -> list[float]:
        """The seconds in which an account was polled twice, but for those after a kill."""
        doubled = [
            at
            for person in self.people
            for at in self.cluster.doubled(person, scale=SECONDS["scale"])
        ]
        return [
            at
            for at in doubled
            if not any(0 <= at + 1 - kill <= but_within_seconds + 1 for kill in self.kills)
        ]

    def _way_to(self, first: str) -> "Way":
        return Way(self, first)

    async def _note_polls(self) -> None:
        """The cloud remembers its last thousand requests."""
        while True:
            with suppress(httpx.HTTPError):
                await self.cluster.polls()
            await asyncio.sleep(0.5)


@dataclass(slots=True)
class Way:
    """The node at which somebody begins, and afterwards the one with the fewest viewers.

    The load balancer of `deploy/cluster` does so too, but spares one that has just started.
    """

    crowd: Crowd
    first: str

    def __call__(self) -> Node:
        first, self.first = self.first, ""
        there = self.crowd.cluster.nodes
        if first in there:
            return there[first]
        watched = Counter(viewer.node for viewer in self.crowd.viewers)
        return min(
            there.values(), key=lambda node: (watched[node.name], self.crowd.chance.random())
        )


def _first_at(viewer: Viewer, since: float) -> float:
    """When the first frame came that was sent after this."""
    return next(at for at, _ in viewer.frames if at > since)


def _fresh_at(viewer: Viewer, since: float) -> float | None:
    """When the first frame came that was polled after this."""
    for at, text in viewer.frames:
        _, _, told = text.partition('"receivedAt":"')  # to read nine hundred a second takes a core
        if told and datetime.fromisoformat(told[: told.index('"')]).timestamp() >= since:
            return at
    return None


def _longest_gap(viewer: Viewer, since: float) -> float:
    times = [since, *(at for at, _ in viewer.frames)]
    return max(later - sooner for sooner, later in pairwise(times))
