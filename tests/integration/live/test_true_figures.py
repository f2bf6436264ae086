"""The stream and `watch` tell of each simulated home what really flows in it."""

import io
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from rich.console import Console

from entrypoints.composition import SimulatorOptions
from entrypoints.watch.account import Account
from entrypoints.watch.client import Sample, follow
from entrypoints.watch.screen import Screen

NOON = datetime(2025, 7, 8, 19, 0, tzinfo=UTC)
"""In Arizona, whose clock is seven hours behind."""
NIGHT = datetime(2025, 7, 9, 6, 30, tzinfo=UTC)
FIGURES = {
    "watts": "homeWatts",
    "gridWatts": "gridWatts",
    "solarWatts": "solarWatts",
    "batteryWatts": "batteryWatts",
}
"""What a frame and the simulated cloud call the same."""

KNOWN = {
    "a battery by noon": ("battery@example.com", NOON),
    "a battery by night": ("battery@example.com", NIGHT),
    "a reader of the utility's meter": ("utility@example.com", NOON),
    "combined monitors": ("combined@example.com", NOON),
    "nested plugs": ("nested@example.com", NOON),
    "three panels": ("panels@example.com", NOON),
    "a zone of half an hour": ("kolkata@example.com", NOON),
}
UNKNOWN = {
    "an offline panel": ("offline@example.com", NOON),
    "no clamp": ("unclamped@example.com", NOON),
}


async def homes_told(stage: Any, email: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The homes in a customer's newest frame of seconds, and the truth at that second."""
    person = await stage.sign_up()
    password = email.replace("@example.com", "-password")
    assert (await stage.link(person, email, password)).status_code == 200
    socket = await stage.stream(person)
    await socket.send({"type": "subscribe", "scale": "1S"})
    await socket.receive_until("subscribed")
    live = (await socket.receive_until("deviceData"))["data"]["live"]
    query = {"at": live["sampledAt"], "seconds": 1}
    truth = (await stage.cloud.get(f"/simulator/homes/{email}", params=query)).json()
    return live["home"], truth


async def header_of(stage: Any, email: str) -> str:
    """The first line of what `watch` shows."""
    return (await lines_of(stage, email))[0]


async def lines_of(stage: Any, email: str) -> list[str]:
    """What `watch` shows."""
    person = await stage.sign_up()
    await stage.link(person, email, email.replace("@example.com", "-password"))
    async with httpx.AsyncClient(base_url=stage.url) as http:
        account = Account(http, email=person.email, password=person.password)
        await account.log_in()
        screen = Screen(stage.url)
        async with aclosing(follow(account, scale="1S")) as events:
            async for event in events:
                screen.take(event)
                if isinstance(event, Sample):
                    break
    paper = io.StringIO()
    Console(file=paper, width=200).print(screen)
    return paper.getvalue().splitlines()


def shown(watts: float) -> str:
    return f"{round(watts):,} W"


@pytest.mark.parametrize(("email", "start"), KNOWN.values(), ids=KNOWN)
async def test_a_home_uses_what_really_flows_in_it(
    stages: Any, email: str, start: datetime
) -> None:
    async with stages(simulator=SimulatorOptions(start=start, speed=0.0)) as stage:
        (home,), (truth,) = await homes_told(stage, email)
        header = await header_of(stage, email)

    told = {name: home[name] for name in FIGURES}
    assert told == {name: pytest.approx(truth[true], abs=1) for name, true in FIGURES.items()}
    assert set(home["deviceGids"]) <= set(truth["deviceGids"])
    assert home["silentGids"] == []
    assert header.startswith(f"Home {shown(home['watts'])} ")
    for word, name in (("sun", "solarWatts"), ("battery", "batteryWatts"), ("grid", "gridWatts")):
        assert f"{word} " not in header or f"{word} {shown(home[name])}" in header


async def test_two_homes_of_one_account_are_told_one_by_one(stages: Any) -> None:
    async with stages(simulator=SimulatorOptions(start=NOON, speed=0.0)) as stage:
        homes, truths = await homes_told(stage, "two@example.com")
        lines = await lines_of(stage, "two@example.com")

    assert [home["name"] for home in homes] == ["Flat in Lisbon", "Cabin in Anchorage"]
    assert [truth["timeZone"] for truth in truths] == ["Europe/Lisbon", "America/Anchorage"]
    for home, truth in zip(homes, truths, strict=True):
        told = {name: home[name] for name in FIGURES}
        assert told == {name: pytest.approx(truth[true], abs=1) for name, true in FIGURES.items()}
        assert home["deviceGids"] == truth["deviceGids"]
        assert home["silentGids"] == []
    assert [line.split("  ")[0] for line in lines[:2]] == [
        f"{home['name']} {shown(home['watts'])}" for home in homes
    ]


@pytest.mark.parametrize(("email", "start"), UNKNOWN.values(), ids=UNKNOWN)
async def test_a_home_that_nobody_measures_is_unknown(
    stages: Any, email: str, start: datetime
) -> None:
    async with stages(simulator=SimulatorOptions(start=start, speed=0.0)) as stage:
        (home,), (truth,) = await homes_told(stage, email)
        header = await header_of(stage, email)

    assert truth["homeWatts"] > 0
    assert (home["watts"], home["gridWatts"]) == (None, None)
    assert home["silentGids"] == home["deviceGids"]
    assert "newestMinute" not in home
    assert header.startswith("Home \N{EM DASH} W ")
