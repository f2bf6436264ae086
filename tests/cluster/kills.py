"""Nodes that are killed at random while they poll, record and answer, and what was counted."""

import asyncio
import json
import random
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import func, select
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from adapters.postgresql.engine import open_engine
from adapters.postgresql.tables import request_slots
from tests.cluster.cluster import Cluster, Node, Person

NAMES = ("a", "b", "c")
LONGEST_SECONDS = 4.0
"""From one kill to the next, at most."""

SETTLED_SECONDS = 2.0


@dataclass(slots=True)
class Counted:
    """Of one account: what the cloud was asked, and what the budget says."""

    asked: int
    spent: int


@dataclass(slots=True)
class Rounds:
    """People who watch and read through all nodes, while one after the other is killed."""

    cluster: Cluster
    chance: random.Random
    people: dict[int, Person] = field(default_factory=dict)
    crowd: set["asyncio.Task[None]"] = field(default_factory=set)
    answers: int = 0
    frames: int = 0

    async def begin(self, *, people: int) -> None:
        """Start the nodes, and let everybody come."""
        for name in NAMES:
            await self.cluster.start(name)
        nodes = list(self.cluster.nodes.values())
        for number in range(1, people + 1):
            self.people[number] = await self.cluster.person(nodes[number % len(nodes)], number)
        for person in self.people.values():
            for name in NAMES:
                self._let(self._watch(name, person))
            self._let(self._read(person))

    async def kill_one(self) -> None:
        """Kill a node at a moment that nobody knows, and start it anew."""
        await asyncio.sleep(self.chance.uniform(0.5, LONGEST_SECONDS))
        name = self.chance.choice(NAMES)
        await self.cluster.nodes[name].end(signal.SIGKILL)
        await asyncio.sleep(self.chance.uniform(0, LONGEST_SECONDS))
        await self.cluster.start(name)

    async def pause_one(self, *, seconds: float) -> None:
        """Stop a node for longer than its leases last, and let it go on as if nothing was."""
        await asyncio.sleep(self.chance.uniform(0.5, LONGEST_SECONDS))
        node = self.cluster.nodes[self.chance.choice(NAMES)]
        node.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        node.process.send_signal(signal.SIGCONT)

    async def end(self) -> dict[int, Counted]:
        """Let everybody go and the nodes stop; what was counted, by person."""
        for task in self.crowd:
            task.cancel()
        await asyncio.gather(*self.crowd, return_exceptions=True)
        for node in self.cluster.nodes.values():
            await node.end()
        return {number: await self._counted(number) for number in self.people}

    def _let(self, work) -> None:
        self.crowd.add(asyncio.create_task(work))

    async def _watch(self, name: str, person: Person) -> None:
        """Watch through this node, again and again."""
        while True:
            with suppress(OSError, WebSocketException, TimeoutError):
                async with connect(self._node(name).stream_url) as stream:
                    await stream.send(json.dumps({"type": "authenticate", "token": person.token}))
                    async for frame in stream:
                        self.frames += '"deviceData"' in str(frame)
            await asyncio.sleep(self.chance.uniform(0.1, 0.5))

    async def _read(self, person: Person) -> None:
        """Read the past through any node: each answer costs a request of its own."""
        while True:
            node = self._node(self.chance.choice(NAMES))
            with suppress(httpx.HTTPError):  # it is killed, perhaps
                answer = await node.client.get(
                    "/devices/instant", params=self._past(), headers=person.bearer
                )
                self.answers += answer.status_code == 200
            await asyncio.sleep(self.chance.uniform(0.2, 1.0))

    def _past(self) -> dict[str, str]:
        instant = datetime.now(UTC) - timedelta(minutes=self.chance.randrange(10, 10_000))
        return {
            "instant": instant.isoformat(),
            "scale": "1MIN",
            "energyUnit": "KilowattHours",
        }

    def _node(self, name: str) -> Node:
        return self.cluster.nodes[name]

    async def _counted(self, number: int) -> Counted:
        email = f"home{number}@example.com"
        told = (await self.cluster.cloud.get(f"/simulator/requests/{email}")).json()
        engine = open_engine(self.cluster.database_url)
        async with engine.connect() as connection:
            spent = await connection.scalar(
                select(func.coalesce(func.sum(request_slots.c.requests), 0)).where(
                    request_slots.c.customer_gid == 10_000 + number
                )
            )
        await engine.dispose()
        return Counted(asked=told["device-api"]["last_24_hours"], spent=int(spent or 0))
