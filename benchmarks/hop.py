"""What one sample costs on its way from the node that polls to one that follows, in CPU.

A process of its own at each end, with the gateway's own exchange on a real server of NATS between
them: encoded, published, carried, decoded. Started by `benchmarks.cluster`.

Usage: python -m benchmarks.hop tell|follow URL MESSAGES SECONDS spread|bursts
"""

import asyncio
import sys
import time
from collections.abc import Collection
from datetime import UTC, datetime

from adapters.emporia.usages import read_usages
from adapters.nats.connection import NatsConnection
from adapters.nats.sample_exchange import NatsSampleExchange
from application.live.feed.subscription import FeedKey
from application.ports.emporia.leases import Fence
from application.ports.live.sample_exchange import ExchangeEar, LiveNews
from application.ports.nodes import NodeId
from domain.emporia.channels import MAINS
from domain.emporia.home_power import Home
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Document, EnergyUnit, Scale

CIRCUITS = 18
PANEL = 1000
BURSTS_A_SECOND = 1
SETTLING_SECONDS = 1.0


class Counting(ExchangeEar):
    """Hears, and counts."""

    def __init__(self) -> None:
        self.heard = 0

    def told(self, news: LiveNews) -> None:  # noqa: ARG002
        self.heard += 1

    def wanted(self, keys: Collection[FeedKey]) -> None:
        pass

    def freed(self, account: AccountId) -> None:
        pass

    async def asked(self, key: FeedKey) -> LiveNews | None:  # noqa: ARG002
        return None


def sample_in(document: Document, *, received_at: datetime) -> UsageSample:
    """As the gateway reads it."""
    return read_usages({"deviceListUsages": document}, received_at=received_at)


def news(account: int) -> LiveNews:
    """A second of a panel with eighteen circuits."""
    now = datetime.now(UTC)
    channels = [
        {
            "name": f"Circuit {number}",
            "usage": 0.000123456789 * (number + 1),
            "deviceGid": PANEL,
            "channelNum": MAINS if number == 0 else str(number),
            "percentage": 100.0 / (number + 1),
            "nestedDevices": [],
        }
        for number in range(CIRCUITS)
    ]
    document: Document = {
        "instant": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "scale": Scale.SECOND.value,
        "energyUnit": EnergyUnit.KILOWATT_HOURS.value,
        "devices": [{"deviceGid": PANEL, "channelUsages": channels}],
    }
    sample = sample_in(document, received_at=now).of_homes([Home(name="Home", panels=(PANEL,))])
    return LiveNews(
        node=NodeId("teller"),
        fence=Fence(1),
        key=key(account),
        sample=sample,
        age_seconds=0.0,
        next_poll_at=now,
        budget_left=100,
    )


def key(account: int) -> FeedKey:
    """What is polled of an account."""
    return FeedKey(AccountId(account), Scale.SECOND, EnergyUnit.KILOWATT_HOURS)


async def main(side: str, url: str, messages: int, seconds: float, manner: str) -> None:
    """Take one side; prints the CPU of a message, in microseconds, and how many there were."""
    connection = NatsConnection([url])
    await connection.open()
    exchange = NatsSampleExchange(connection, sample_in=sample_in)
    ear = Counting()
    exchange.connect(ear)
    await exchange.open()
    if side == "follow":
        for account in range(messages):
            await exchange.follow(key(account))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    began = time.process_time()
    if side == "tell":
        count = await tell(exchange, messages, seconds, in_bursts=manner == "bursts")
    else:
        await asyncio.to_thread(sys.stdin.readline)
        count = ear.heard
    spent = time.process_time() - began
    sys.stdout.write(f"{1e6 * spent / max(1, count):.1f} {count}\n")
    await exchange.close()
    await connection.close()


async def tell(
    exchange: NatsSampleExchange, messages: int, seconds: float, *, in_bursts: bool
) -> int:
    """So many accounts once a second, for so long; how many messages that were."""
    told = [news(account) for account in range(messages)]
    loop = asyncio.get_running_loop()
    began, count = loop.time(), 0
    for second in range(round(seconds)):
        for place, each in enumerate(told):
            part = 0.0 if in_bursts else place / messages
            pause = began + second + part - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            exchange.tell(each)
            count += 1
    await asyncio.sleep(SETTLING_SECONDS)
    return count


if __name__ == "__main__":
    _, which, server, number, length, how = sys.argv
    asyncio.run(main(which, server, int(number), float(length), how))
