"""The page and `emporia-api watch` show the same figures for the same second."""

import io
import re
from contextlib import aclosing
from datetime import UTC, datetime

import httpx
import pytest
from playwright.async_api import Page
from rich.console import Console

from entrypoints.composition import SimulatorOptions
from entrypoints.watch.client import Account, Connected, follow
from entrypoints.watch.screen import Screen
from tests.integration.browser.acts import start_watching

SECONDS = 3
WIDE = 200
EM_DASH, EN_DASH = "\N{EM DASH}", "\N{EN DASH}"

RECORD = """() => {
  window.shown = {};
  const text = (element) => element.textContent.trim();
  const note = () => {
    const instant = document.querySelector("[data-testid=instant]").dateTime;
    const sign = text(document.querySelector("h1")).includes("exporting") ? "-" : "";
    window.shown[instant] = {
      home: sign + text(document.querySelector("[data-testid=home-watts]")),
      rows: Object.fromEntries(
        Array.from(document.querySelectorAll("tr[data-key]"), (row) => [
          row.dataset.key,
          Array.from(row.cells, text).slice(1, 3),
        ]),
      ),
    };
  };
  new MutationObserver(note).observe(document.querySelector("main"), {
    attributes: true, attributeFilter: ["datetime"], subtree: true,
  });
}"""
"""Keeps what the page shows, by the sample's instant: the home's watts, each row's and share."""

Shown = dict[str, dict[str, object]]


async def open_home(page: Page, person) -> None:
    """Sign in, see a sample, and record the following."""
    await start_watching(page, person)
    await page.evaluate(RECORD)


def printed(screen: Screen) -> dict[str, object]:
    """What stands in the terminal: the home's watts, each row's and its share."""
    paper = io.StringIO()
    Console(file=paper, width=WIDE).print(screen)
    header, _, *lines = paper.getvalue().replace(EM_DASH, EN_DASH).splitlines()
    cells = [re.split(r"\s{2,}", line.strip())[1:3] for line in lines]
    keys = [row.key for row in screen._reading.rows]
    # The page shows what comes from the grid, which `watch` names where that is not all.
    grid = re.search(r"grid (\S+) W", header)
    home = grid[1] if grid else header.split()[1]
    return {"home": home, "rows": dict(zip(keys, cells, strict=True))}


async def watch_both(page: Page, stage, person) -> tuple[Shown, Shown]:
    """What the page and the terminal showed, for the seconds that both did, by instant."""
    terminal: Shown = {}
    async with httpx.AsyncClient(base_url=stage.url) as http:
        account = Account(http, email=person.email, password=person.password)
        await account.log_in()
        screen = Screen(stage.url)
        screen.home = await account.known_home()
        async with aclosing(follow(account, scale="1S")) as events:
            async for event in events:
                screen.take(event)
                if isinstance(event, Connected):
                    continue
                terminal[screen._reading.instant.replace("Z", ".000Z")] = printed(screen)
                shown: Shown = await page.evaluate("window.shown")
                both = shown.keys() & terminal.keys()
                if len(both) >= SECONDS:
                    break
    return {at: shown[at] for at in both}, {at: terminal[at] for at in both}


@pytest.mark.parametrize(
    ("username", "password", "start", "rows", "columns"),
    [
        ("home@example.com", "emporia-password", datetime(2025, 7, 8, 16, 30, tzinfo=UTC), 20, 2),
        ("solar@example.com", "solar-password", datetime(2025, 6, 21, 11, 30, tzinfo=UTC), 17, 1),
    ],
    ids=["a home at lunch", "a home that exports"],
)
async def test_every_figure_of_a_second_is_the_same(
    stages, open_page, username, password, start, rows, columns
):
    """Of the home that exports the watts: the page knows no battery, which shares are of too."""
    simulator = SimulatorOptions(start=start)
    async with stages(simulator=simulator) as stage, await open_page(stage.url) as page:
        person = await stage.sign_up()
        await stage.link(person, username, password)
        await open_home(page, person)

        on_the_page, in_the_terminal = await watch_both(page, stage, person)

    for instant, shown in on_the_page.items():
        printed_then = in_the_terminal[instant]
        assert shown["home"] == printed_then["home"]
        assert len(shown["rows"]) == rows
        for key, cells in shown["rows"].items():
            assert cells[:columns] == printed_then["rows"][key][:columns]
