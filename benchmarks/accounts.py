"""Many accounts, one viewer of seconds each: what a gateway on one core makes of their polls.

Usage: python -m benchmarks.accounts [--accounts N] [--seconds N]

The cloud here only repeats one home's answer: the simulator computes each home, and could not
keep up with a thousand a second on the core that is left to it.
"""

import asyncio
import json
import os
import sys
import tempfile
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import msgspec
from websockets.asyncio.client import ClientConnection, connect

from adapters.security.jwt import JwtAccessTokens
from adapters.security.sealing import AesGcmSecretBox
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.users import SqlUserRepository
from adapters.sqlite.engine import open_engine
from adapters.sqlite.migrate import upgrade
from application.ports.accounts.access_tokens import AccessClaims
from benchmarks.build import BUILD
from benchmarks.processes import Cores, cpu_seconds, raise_file_limit, serving
from domain.accounts.users import EmailAddress, User, UserId
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens

SECRET = b"a secret for people who live as long as this benchmark"
KEY = b"k" * 32
CIRCUITS = 20
WARM_UP_SECONDS = 8


class Cloud(asyncio.Protocol):
    """Answers every request of the device API at once, and counts the usage requests."""

    usages = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if b"getDeviceListUsages" in data:
            Cloud.usages += 1
            body = _usages(Cloud.usages)
        else:
            token = data.partition(b"authtoken: ")[2].partition(b"\r\n")[0]
            body = msgspec.json.encode(
                {"customerGid": int(token), "devices": [{"deviceGid": 1, "channels": []}]}
            )
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        self._transport.write(f"{head}\r\n\r\n".encode() + body)  # type: ignore[attr-defined]


def _usages(number: int) -> bytes:
    """A home of twenty circuits, another one each time."""
    channels = [
        {
            "name": f"Circuit {circuit}",
            "usage": (number * 7 + circuit) % 1000 / 3_600_000,
            "deviceGid": 1,
            "channelNum": str(circuit),
            "percentage": 5.0,
            "nestedDevices": [],
        }
        for circuit in range(CIRCUITS)
    ]
    listed = {
        "instant": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "scale": "1S",
        "energyUnit": "KilowattHours",
        "devices": [{"deviceGid": 1, "channelUsages": channels}],
    }
    return msgspec.json.encode({"deviceListUsages": listed})


async def _people(database: Path, accounts: int) -> list[str]:
    """So many users, each linked to an account of their own; their tokens."""
    upgrade(database)
    engine = open_engine(database)
    users = SqlUserRepository(engine)
    links = SqlEmporiaLinkRepository(engine, secret_box=AesGcmSecretBox([KEY]))
    tokens = JwtAccessTokens([SECRET])
    now = datetime.now(UTC).replace(microsecond=0)
    day = timedelta(days=1)
    issued = []
    for number in range(1, accounts + 1):
        user_id = UserId(uuid.uuid4())
        email = EmailAddress(f"person{number}@example.com")
        await users.add(
            User(id=user_id, email=email, password_hash="", created_at=now, updated_at=now)
        )
        await links.save(
            EmporiaLink(
                user_id=user_id,
                account=AccountId(number),
                subject=str(number),
                emporia_username=email.value,
                linked_at=now,
                signed_in_at=now,
                tokens=EmporiaTokens(
                    id_token=str(number),
                    refresh_token=str(number),
                    issued_at=now,
                    expires_at=now + day,
                ),
            )
        )
        claims = AccessClaims(
            user_id=user_id,
            email=email.value,
            token_id=str(number),
            login_id=str(number),
            login_at=now,
            issued_at=now,
            expires_at=now + day,
        )
        issued.append(tokens.issue(claims))
    await engine.dispose()
    return issued


async def _viewer(url: str, token: str) -> ClientConnection:
    stream = await connect(url, compression=None, open_timeout=60, ping_interval=None)
    await stream.send(json.dumps({"type": "authenticate", "token": token}))
    await stream.recv()
    await stream.send(json.dumps({"type": "subscribe", "scale": "1S"}))
    return stream


@dataclass(slots=True)
class Tally:
    """What the viewers got since counting began, and how old each sample was by then."""

    counts: bool = False
    frames: Counter[int] = field(default_factory=Counter)
    ages_seconds: list[float] = field(default_factory=list)

    def add(self, viewer: int, frame: dict[str, Any]) -> None:
        """Take in a frame of a viewer's."""
        if self.counts and "live" in frame.get("data", {}):
            received = datetime.fromisoformat(frame["data"]["live"]["receivedAt"])
            self.frames[viewer] += 1
            self.ages_seconds.append((datetime.now(UTC) - received).total_seconds())

    def age_seconds(self, share: float) -> float:
        """The age that this share of the frames did not exceed."""
        return sorted(self.ages_seconds)[int(share * (len(self.ages_seconds) - 1))]


async def _watch(viewer: int, stream: ClientConnection, tally: Tally) -> None:
    async for text in stream:
        tally.add(viewer, json.loads(text))


@click.command()
@click.option("--accounts", default=1_000, show_default=True, type=click.IntRange(1, 5_000))
@click.option("--seconds", default=20, show_default=True, type=click.IntRange(5, 600))
def main(accounts: int, seconds: int) -> None:
    """Poll and stream so many accounts at once, and print what it took."""
    asyncio.run(_measure(accounts, seconds))


async def _measure(accounts: int, seconds: int) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    cores = Cores.taken()
    raise_file_limit()
    loop = asyncio.get_running_loop()
    cloud = await loop.create_server(Cloud, "127.0.0.1", 0, backlog=1_000)
    cloud_url = f"http://127.0.0.1:{cloud.sockets[0].getsockname()[1]}"
    with tempfile.TemporaryDirectory(dir=BUILD) as room:
        tokens = await _people(Path(room) / "gateway.sqlite3", accounts)
        environment = {
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "DATA_DIR": room,
            "TOKEN_SECRETS": SECRET.decode(),
            "SEALING_KEYS": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
            "EMPORIA_API_URL": cloud_url,
            "EMPORIA_DAILY_REQUESTS": "0",
        }
        program = (sys.executable, "-m", "benchmarks.gateway", "1")
        async with serving(*program, core=cores.server, environment=environment) as gateway:
            url = f"ws://127.0.0.1:{gateway.port}/"
            streams = [await _viewer(url, token) for token in tokens]
            tally = Tally()
            watching = [
                asyncio.create_task(_watch(viewer, stream, tally))
                for viewer, stream in enumerate(streams)
            ]
            await asyncio.sleep(WARM_UP_SECONDS)
            polls, used, started = Cloud.usages, cpu_seconds(gateway.pid), loop.time()
            tally.counts = True
            await asyncio.sleep(seconds)
            tally.counts = False
            took = loop.time() - started
            cpu = (cpu_seconds(gateway.pid) - used) / took
            polled = (Cloud.usages - polls) / took
            await asyncio.gather(*(stream.close() for stream in streams))
            await asyncio.gather(*watching, return_exceptions=True)
    cloud.close()
    frames = tally.frames
    click.echo(f"{accounts:,} accounts, one viewer of 1S each, {took:.0f} s, gateway on one core")
    click.echo(f"polls a second upstream     {polled:,.0f}")
    click.echo(f"frames a second to viewers  {frames.total() / took:,.0f}")
    click.echo(f"frames of the worst viewer  {min(frames.values())}, of {len(frames)} viewers")
    milliseconds = cpu / polled * 1000
    click.echo(f"CPU                         {cpu:.0%} of the core, {milliseconds:.2f} ms a poll")
    median, worst = tally.age_seconds(0.5), tally.age_seconds(0.99)
    click.echo(f"age of samples when read    median {median:.2f} s, p99 {worst:.2f} s")


if __name__ == "__main__":
    main()
