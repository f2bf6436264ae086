"""The history of a simulated home on a page: what it shows, what it asks for, what it hands out."""

import asyncio
import csv
import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.async_api import Locator, Page, Request, expect

from tests.integration.browser.loop import in_browsers_loop

COLUMNS = ("Total", "Mean", "Peak", "When", "Missing", "Known", "Before", "Difference")

Asked = dict[str, str]
"""One request for a series: its query, and the device as `gid`."""


@dataclass
class History:
    """The history on a page; its locators wait by themselves until what they name is there."""

    page: Page
    person: Any
    stage: Any
    asked: list[Asked] = field(default_factory=list)
    """Every series that the history asked for, in order."""
    requests: list[list[str]] = field(default_factory=list)
    """Every request for any of them, in order: the series in it, such as `1001:1,2,3`."""

    @property
    def title(self) -> Locator:
        """The range that is shown."""
        return self.page.locator(".history-heading h2")

    @property
    def unit(self) -> Locator:
        """What the axis counts, and in which time."""
        return self.page.locator(".history-heading p")

    @property
    def chart(self) -> Locator:
        return self.page.get_by_role("application")

    @property
    def plot(self) -> Locator:
        """The part of the chart within its axes."""
        return self.page.locator(".u-over")

    @property
    def spoken(self) -> Locator:
        """What is said to those who don't see the chart."""
        return self.page.locator(".history-chart-card > [role=status]")

    @property
    def legend(self) -> Locator:
        """An item for each series."""
        return self.page.locator(".history-legend li")

    @property
    def moment(self) -> Locator:
        """Of which buckets the legend tells."""
        return self.page.locator(".history-moment")

    @property
    def loaded(self) -> Locator:
        """Visible as soon as nothing is under way any more."""
        return self.page.get_by_text("As of")

    def figure(self, series: str, column: str) -> Locator:
        """A cell of the table; the series by letter and name, such as `A Mains`."""
        header = self.page.get_by_role("rowheader", name=series, exact=True)
        row = self.page.get_by_role("row").filter(has=header)
        return row.get_by_role("cell").nth(COLUMNS.index(column))

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def choice(self, name: str) -> Locator:
        """The checkbox of a circuit or device."""
        return self.page.get_by_role("checkbox", name=re.compile(rf"^{name}\b"))

    async def preset(self, name: str) -> None:
        await self.page.get_by_role("radio", name=name, exact=True).check()

    async def measure(self, name: str) -> None:
        await self.page.get_by_role("radio", name=name, exact=True).check()

    async def show(self, start: str, end: str) -> None:
        """Ask for a range of the home's own clock."""
        fields = self.page.locator("details", has_text="From … to …")
        await fields.evaluate("element => { element.open = true; }")
        await fields.get_by_label("From", exact=True).fill(start)
        await fields.get_by_label("To", exact=True).fill(end)
        await self.button("Show").click()

    async def drag(self, first: int, last: int, *, of: int) -> None:
        """From the middle of one bucket to that of another, of so many on the chart."""
        box = await self.plot.bounding_box()
        assert box is not None
        left, right = (box["x"] + (at + 0.5) / of * box["width"] for at in (first, last))
        height = box["y"] + box["height"] / 2
        await self.page.mouse.move(left, height)
        await self.page.mouse.down()
        await self.page.mouse.move((left + right) / 2, height)
        await self.page.mouse.move(right, height)
        await self.page.mouse.up()

    async def download(self, kind: str) -> tuple[str, bytes]:
        """The name and the content of the file."""
        async with self.page.expect_download() as downloading:
            await self.button(f"Download {kind}").click()
        file = await downloading.value
        path = await file.path()
        return file.suggested_filename, await asyncio.to_thread(path.read_bytes)

    async def rows(self) -> list[dict[str, str]]:
        """What the CSV holds, by its header."""
        _, content = await self.download("CSV")
        return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))

    async def usages(self, asked: Asked) -> list[float]:
        """What the gateway answers to the same request, of which nothing is unknown."""
        query = dict(asked)
        path = f"/devices/{query.pop('gid')}/history"
        answer = await self.stage.get(path, self.person, **query)
        usages: list[float] = answer.json()["usageList"]
        return usages

    def note(self, request: Request) -> None:
        """Keep what is asked for, but for the seconds of the live line."""
        address = urlsplit(request.url)
        said = parse_qsl(address.query)
        query = {name: value for name, value in said if name != "series"}
        found = re.fullmatch(r"(?:/devices/(\d+))?/history", address.path)
        if not found or query["scale"] == "1S":
            return
        if found[1]:
            names = [f"{found[1]}:{query.pop('channels')}"]
        else:
            names = [value for name, value in said if name == "series"]
        self.requests.append(names)
        for name in names:
            gid, channel = name.split(":")
            self.asked.append({"gid": gid, "channels": channel, **query})


OpenHistory = Callable[..., Awaitable[History]]


@pytest.fixture
def open_history(stage: Any, open_page: Any) -> OpenHistory:
    """Opens the history of a person's home; keyword arguments are the browser context's options."""

    async def open_one(person: Any = None, **options: Any) -> History:
        person = person or await stage.linked()
        made: list[History] = []

        def listen(page: Page) -> None:
            made.append(History(page, person, stage))
            page.on("request", made[0].note)

        await open_page(stage.url, view="history", person=person, listen=listen, **options)
        (history,) = made
        await expect(history.loaded).to_be_visible()
        return history

    return open_one


@in_browsers_loop
async def history(open_history: OpenHistory) -> History:
    """The first home's history of today, as a desktop sees it."""
    return await open_history(viewport={"width": 1280, "height": 860})
