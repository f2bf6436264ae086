"""One process that tells samples and one that follows them, by the adapters that nodes use.

Usage: python -m benchmarks.cluster.hop tell|follow URL evenly|bursts, which `measure_hop` runs.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime

import click
import uvloop

from adapters.emporia.late_usages import late_usages
from adapters.emporia.usages import read_usages
from adapters.nats.connection import NatsConnection
from adapters.nats.sample_exchange import NatsSampleExchange
from adapters.system.clock import SystemClock
from application.live.feed.subscription import FeedKey
from application.ports.emporia.leases import Fence
from application.ports.live.sample_exchange import LiveNews
from application.ports.nodes import NodeId
from benchmarks.processes import Cores, cpu_seconds, line_of, started, stop
from domain.emporia.links import AccountId

ACCOUNTS = 300
CIRCUITS = 20
SECONDS = 10
EVENLY, BURSTS = "spread evenly", "in a burst"
HOPS = (EVENLY, BURSTS)


async def measure_hop(hop: str, cores: Cores, *, url: str, server: int) -> tuple[float, ...]:
    """Microseconds of CPU a message: who tells, its alarms alone, less them, who follows, NATS."""
    command = (sys.executable, "-m", "benchmarks.cluster.hop")
    follower = await started(*command, "follow", url, hop, core=cores.server)
    try:
        await line_of(follower)
        before = cpu_seconds(server)
        teller = await started(*command, "tell", url, hop, core=cores.server)
        try:
            told = float(await line_of(teller))
            followed = float(await line_of(follower))
            used = cpu_seconds(server) - before
            waited = float(await line_of(teller))
        finally:
            await stop(teller)
        return told, waited, told - waited, followed, used / (ACCOUNTS * SECONDS) * 1e6
    finally:
        await stop(follower)


class _Ear:
    """Counts what it hears."""

    def __init__(self) -> None:
        self.heard = 0
        self.all = asyncio.Event()

    def told(self, news: LiveNews) -> None:  # noqa: ARG002
        self.heard += 1
        if self.heard == ACCOUNTS * SECONDS:
            self.all.set()

    def wanted(self, keys: Collection[FeedKey]) -> None:
        """Nobody's wish matters here."""

    def freed(self, account: AccountId) -> None:
        """Nor whose an account is."""

    async def asked(self, key: FeedKey) -> LiveNews | None:  # noqa: ARG002
        """Nobody is asked."""
        return None


def _news(account: int) -> LiveNews:
    """A home of twenty circuits."""
    now = datetime.now(UTC)
    channels = [
        {
            "name": f"Circuit {circuit}",
            "usage": (account * 7 + circuit) % 1000 / 60_000,
            "deviceGid": account,
            "channelNum": str(circuit),
            "percentage": 5.0,
            "nestedDevices": [],
        }
        for circuit in range(1, CIRCUITS + 1)
    ]
    document = {
        "instant": now.isoformat().replace("+00:00", "Z"),
        "scale": "1MIN",
        "energyUnit": "KilowattHours",
        "devices": [{"deviceGid": account, "channelUsages": channels}],
    }
    return LiveNews(
        node=NodeId("0123456789"),
        fence=Fence(1),
        key=FeedKey(AccountId(account)),
        sample=read_usages({"deviceListUsages": document}, received_at=now),
        age_seconds=0.0,
        next_poll_at=now,
        budget_left=1_000,
    )


async def _tell(say: Callable[[LiveNews], None], hop: str) -> float:
    news = [_news(account) for account in range(1, ACCOUNTS + 1)]
    loop = asyncio.get_running_loop()
    began, used = loop.time(), time.process_time()
    for second in range(SECONDS):
        for place, each in enumerate(news):
            due = began + second + (place / ACCOUNTS if hop == EVENLY else 0)
            if (pause := due - loop.time()) > 0:
                await asyncio.sleep(pause)
            say(each)
    await asyncio.sleep(1)
    return time.process_time() - used


async def _follow(exchange: NatsSampleExchange, ear: _Ear) -> float:
    for account in range(1, ACCOUNTS + 1):
        await exchange.follow(FeedKey(AccountId(account)))
    await asyncio.sleep(1)
    click.echo("following")
    used = time.process_time()
    await ear.all.wait()
    return time.process_time() - used


def _print(used: float) -> None:
    click.echo(used / (ACCOUNTS * SECONDS) * 1e6)


async def _run(role: str, url: str, hop: str) -> None:
    connection = NatsConnection([url])
    exchange = NatsSampleExchange(connection, sample_in=late_usages, clock=SystemClock())
    ear = _Ear()
    exchange.connect(ear)
    await connection.open()
    await exchange.open()
    if role == "follow":
        _print(await _follow(exchange, ear))
    else:
        _print(await _tell(exchange.tell, hop))
        # What wakes a node is the answer of a poll; here it is an alarm, which is not the hop's.
        _print(await _tell(lambda _: None, hop))
    await exchange.close()
    await connection.close()


if __name__ == "__main__":
    uvloop.run(_run(*sys.argv[1:]))
