"""The page, `emporia-api watch` and the stream show the same figures, and those are true."""

import io
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.async_api import Page
from rich.console import Console

from entrypoints.composition import SimulatorOptions
from entrypoints.watch.account import Account
from entrypoints.watch.client import Sample, follow
from entrypoints.watch.screen import Screen
from tests.integration.browser.acts import come_back, start_watching

SECONDS = 3
WIDE = 200
EM_DASH, EN_DASH = "\N{EM DASH}", "\N{EN DASH}"

SHOWN = """() => {
  const text = (element) => element.textContent.trim();
  const row = ({ cells }) => Array.from(cells, text).slice(1, 3);
  const flow = (figure) => [
    figure.dataset.testid.replace("-watts", ""),
    `${text(figure.previousElementSibling)} ${text(figure)}`,
  ];
  const read = (query, entry) => (
    Object.fromEntries(Array.from(document.querySelectorAll(query), entry))
  );
  return {
    home: text(document.querySelector("[data-testid=home-watts]")),
    flows: read(".flows dd[data-testid]", flow),
    rows: read("tr[data-key]", (one) => [one.dataset.key, row(one)]),
  };
}"""
"""What the page shows: the home's watts, where they come from, each row's watts and share."""

RECORD = f"""() => {{
  window.shown = {{}};
  const shownNow = {SHOWN};
  const note = () => {{
    window.shown[document.querySelector("[data-testid=instant]").dateTime] = shownNow();
  }};
  new MutationObserver(note).observe(document.querySelector("main"), {{
    attributes: true, attributeFilter: ["datetime"], subtree: true,
  }});
}}"""
"""Keeps what the page shows, by the sample's instant."""

Shown = dict[str, dict[str, Any]]

NOON = datetime(2025, 7, 8, 19, 0, tzinfo=UTC)
"""In Arizona, whose clock is seven hours behind."""
NIGHT = datetime(2025, 7, 9, 6, 30, tzinfo=UTC)
HOMES: dict[datetime, dict[str, set[str] | None]] = {
    NOON: {
        "battery": {"grid", "solar", "battery"},
        "utility": set(),
        "combined": set(),
        "nested": {"grid", "battery"},
        "panels": set(),
        "kolkata": set(),
        "offline": None,
        "unclamped": None,
    },
    NIGHT: {"battery": {"grid", "solar", "battery"}},
}
"""By the instant: whose home, and which flows are told beside what it uses; None is unknown."""

GOES = ("To the grid", "Battery charges")
WORDS = {"grid": "grid", "solar": "sun", "battery": "battery"}


def printed(screen: Screen) -> dict[str, Any]:
    """What stands in the terminal, as the page would show it."""
    paper = io.StringIO()
    Console(file=paper, width=WIDE).print(screen)
    header, _, *lines = paper.getvalue().replace(EM_DASH, EN_DASH).splitlines()
    cells = [re.split(r"\s{2,}", line.strip())[1:3] for line in lines]
    assert screen._reading is not None
    keys = [row.key for row in screen._reading.rows]
    flows = {
        name: told[1]
        for name, word in WORDS.items()
        if (told := re.search(rf" {word} (\S+) W", header))
    }
    return {
        "home": header.split()[1],
        "flows": flows,
        "rows": dict(zip(keys, cells, strict=True)),
    }


def signed(flows: dict[str, str]) -> dict[str, str]:
    """The page's flows with a sign in the place of the words."""
    figures = {name: flow.split()[-2] for name, flow in flows.items()}
    return {
        name: f"-{figure}" if flows[name].startswith(GOES) else figure
        for name, figure in figures.items()
    }


def assert_the_same(on_the_page: dict[str, Any], in_the_terminal: dict[str, Any]) -> None:
    """Every figure agrees; the terminal has rows for the mains of panels beside."""
    assert on_the_page["home"] == in_the_terminal["home"]
    assert signed(on_the_page["flows"]) == in_the_terminal["flows"]
    assert on_the_page["rows"]
    for key, cells in on_the_page["rows"].items():
        assert cells == in_the_terminal["rows"][key], key


async def screens(stage, person) -> AsyncGenerator[Screen, None]:
    """What `watch` shows, after each sample."""
    async with httpx.AsyncClient(base_url=stage.url) as http:
        account = Account(http, email=person.email, password=person.password)
        await account.log_in()
        screen = Screen(stage.url)
        screen.home = await account.known_home()
        async with aclosing(follow(account, scale="1S")) as events:
            async for event in events:
                screen.take(event)
                if isinstance(event, Sample):
                    yield screen


async def watch_both(page: Page, stage, person) -> tuple[Shown, Shown]:
    """What the page and the terminal showed, for the seconds that both did, by instant."""
    terminal: Shown = {}
    async with aclosing(screens(stage, person)) as samples:
        async for screen in samples:
            assert screen._reading is not None
            terminal[screen._reading.instant.replace("Z", ".000Z")] = printed(screen)
            shown: Shown = await page.evaluate("window.shown")
            both = shown.keys() & terminal.keys()
            if len(both) >= SECONDS:
                break
    return {at: shown[at] for at in both}, {at: terminal[at] for at in both}


@pytest.mark.parametrize(
    ("username", "password", "start", "rows"),
    [
        ("home@example.com", "emporia-password", datetime(2025, 7, 8, 16, 30, tzinfo=UTC), 20),
        ("solar@example.com", "solar-password", datetime(2025, 6, 21, 11, 30, tzinfo=UTC), 17),
    ],
    ids=["a home at lunch", "a home that exports"],
)
async def test_every_figure_of_a_second_is_the_same(
    stages, open_page, username, password, start, rows
):
    simulator = SimulatorOptions(start=start)
    async with stages(simulator=simulator) as stage, await open_page(stage.url) as page:
        person = await stage.sign_up()
        await stage.link(person, username, password)
        await start_watching(page, person)
        await page.evaluate(RECORD)

        on_the_page, in_the_terminal = await watch_both(page, stage, person)

    for instant, shown in on_the_page.items():
        assert len(shown["rows"]) == rows
        assert_the_same(shown, in_the_terminal[instant])


async def in_the_terminal_of(stage, person) -> dict[str, Any]:
    """What `watch` prints first."""
    async with aclosing(screens(stage, person)) as samples:
        async for screen in samples:
            return printed(screen)
    raise AssertionError("the stream ended without a sample")


async def told_of_home(stage, person) -> dict[str, Any]:
    """The one home that the stream tells of."""
    socket = await stage.stream(person)
    await socket.send({"type": "subscribe", "scale": "1S"})
    await socket.receive_until("subscribed")
    home: dict[str, Any]
    (home,) = (await socket.receive_until("deviceData"))["data"]["live"]["home"]
    return home


def shown_text(watts: float | None) -> str:
    return EN_DASH if watts is None else f"{round(watts):,}"


@pytest.mark.parametrize("start", HOMES, ids=["noon", "night"])
async def test_homes_are_the_same_everywhere_and_as_they_truly_are(stages, open_page, start):
    """At an instant for which the cloud's clock stands still, one home after the other."""
    simulator = SimulatorOptions(start=start, speed=0.0)
    async with stages(simulator=simulator) as stage, await open_page(stage.url) as page:
        for name, flows in HOMES[start].items():
            email = f"{name}@example.com"
            person = await stage.sign_up()
            assert (await stage.link(person, email, f"{name}-password")).status_code == 200
            await come_back(page, person)
            shown = await page.evaluate(SHOWN)
            in_the_terminal = await in_the_terminal_of(stage, person)
            told = await told_of_home(stage, person)
            query = {"at": start.isoformat(), "seconds": 1}
            (truth,) = (await stage.cloud.get(f"/simulator/homes/{email}", params=query)).json()

            assert_the_same(shown, in_the_terminal)
            assert shown["home"] == shown_text(told["watts"]), name
            if flows is None:
                assert (told["watts"], shown["home"], shown["flows"]) == (None, EN_DASH, {})
                assert {share for _, share in shown["rows"].values()} == {EN_DASH}
                continue
            assert told["watts"] == pytest.approx(truth["homeWatts"], abs=1), name
            assert signed(shown["flows"]) == {
                flow: shown_text(told[f"{flow}Watts"]) for flow in flows
            }
            for flow in WORDS:
                assert told[f"{flow}Watts"] == pytest.approx(truth[f"{flow}Watts"], abs=1), name
