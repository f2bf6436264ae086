"""Takes the pictures of the dashboard in docs/dashboard: the demo's homes, on a desk and a phone.

The demo, and the browser with it, is set to an hour that shows something: an evening in New York,
and a noon of last summer in Berlin. A picture without figures is not saved, and the command fails.

Usage: python -m docs.dashboard_pictures [FOLDER]
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright
from playwright.async_api import TimeoutError as NotInTime

from docs.demo import EmptyPicture, running_demo
from web.chromium import launch_chromium

PICTURES = Path(__file__).with_name("dashboard")
DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}
EVENING = datetime(2026, 4, 8, 22, 40, tzinfo=UTC)
NOON = datetime(2026, 6, 20, 10, 40, tzinfo=UTC)
HOME = ("home@example.com", "emporia-password")
SOLAR = ("solar@example.com", "solar-password")
SETTINGS = {"ACCOUNT_CALLS_PER_MINUTE": "100"}
PATIENCE_MILLISECONDS = 15_000

FIGURES = {
    "now": ("[data-testid=home-watts]", ".flows dd >> nth=0", "td.watts >> nth=0"),
    "today": ("[data-testid=today-kwh]", "[data-testid=today-usual]", "[data-testid=today-cost]"),
    "costs": (
        "[data-testid=bill-amount]",
        "[data-testid=bill-forecast]",
        "[data-circuit] td >> nth=0",
    ),
    "statement": (
        "[data-testid=statement-total] td >> nth=0",
        "[data-series] td >> nth=1",
        ".statement-sheet footer p >> nth=0",
    ),
    "history": (".history-legend strong", ".history-figures td >> nth=0"),
    "account": (".account-list dd >> nth=0", ".account-list >> nth=1"),
    "home": (".device .facts dd >> nth=0", ".device summary >> nth=0"),
    "sign-in": (),
}
"""Where each view has a figure that is there as soon as the view has any."""

FETCH_HOURS = """async () => {
  const { token } = JSON.parse(sessionStorage.getItem("emporia-energy-token"));
  const headers = { Authorization: `Bearer ${token}` };
  const { devices } = await (await fetch("/devices", { headers })).json();
  const channels = devices.flatMap((device) =>
    [device, ...(device.devices ?? [])].flatMap((part) => part.channels ?? []));
  const names = channels.map(({ deviceGid, channelNum }) => `${deviceGid}:${channelNum}`);
  const end = new Date();
  const start = new Date(end - 64 * 86400000);
  const search = new URLSearchParams({
    start: start.toISOString(),
    end: end.toISOString(),
    scale: "1H",
    energyUnit: "KilowattHours",
  });
  for (const name of names) search.append("series", name);
  await (await fetch(`/history?${search}`, { headers })).text();
}"""
"""Ask for two months of every circuit by the hour, which the gateway keeps."""

A_FIGURE = re.compile(r"[1-9]")

Scheme = Literal["light", "dark"]

SCHEMES: dict[Scheme, str] = {"light": "", "dark": "-dark"}
"""What a browser may prefer, and what the names of the pictures say of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Takes pictures of a demo at one of its moments, into a folder."""

    browser: Browser
    url: str
    now: datetime
    folder: Path

    @asynccontextmanager
    async def opened(
        self, *, size: ViewportSize = DESK, scheme: Scheme = "light"
    ) -> AsyncIterator[Page]:
        """The page in a browser whose clock shows the demo's time."""
        context = await self.browser.new_context(
            viewport=size, color_scheme=scheme, locale="en-US", reduced_motion="reduce"
        )
        page = await context.new_page()
        await page.clock.install(time=self.now)
        await page.goto(self.url)
        yield page
        await context.close()

    async def take(self, page: Page, view: str, name: str) -> None:
        """Save what is seen of a view; raises EmptyPicture instead where a figure is missing."""
        for place in FIGURES[view]:
            await see_figure(page.locator(place), place, f"{name}.png")
        path = self.folder / f"{name}.png"
        await page.mouse.move(0, 0)  # nothing is pointed at
        await page.screenshot(path=path, animations="disabled")
        print(path)  # noqa: T201


async def see_figure(place: Locator, description: str, picture: str) -> None:
    """Wait until there is a number other than zero; raises EmptyPicture where none comes."""
    figure = place.filter(has_text=A_FIGURE)
    try:
        await figure.first.wait_for(timeout=PATIENCE_MILLISECONDS)
    except NotInTime as none:
        said = await place.first.inner_text() if await place.count() else "nothing"
        raise EmptyPicture(f"{picture} shows no figures: {description} is {said!r}.") from none


async def sign_in(page: Page, *, email: str, emporia: tuple[str, str]) -> None:
    """Create the account or use it, and link the home."""
    await page.get_by_role("button", name="Create an account").click()
    await page.get_by_label("Email").fill(email)
    await page.get_by_label("Password").fill("a long password")
    await page.get_by_role("button", name="Create account").click()
    username, password = emporia
    await page.get_by_label("Email of your Emporia account").fill(username)
    await page.get_by_label("Its password").fill(password)
    await page.get_by_role("button", name="Link account").click()
    await show(page, "now")


async def show(page: Page, view: str) -> None:
    """Open a view, and wait until it stands."""
    await page.evaluate("view => { location.hash = `#/${view}`; }", view)
    await page.get_by_role("heading", level=1).first.wait_for()
    await page.evaluate("() => scrollTo(0, 0)")  # one that was open already is where it was left
    await page.wait_for_timeout(2_500)  # the past of the line, the day's energy, the chart


async def price_hours(page: Page) -> None:
    """Let the archive have the last weeks of every circuit, and a tariff for them."""
    await page.evaluate(FETCH_HOURS)
    await show(page, "costs")
    if await page.get_by_role("button", name="Change Evening plan").count():
        return
    await page.get_by_role("button", name="Add a tariff").click()
    await page.get_by_label("Name", exact=True).fill("Evening plan")
    await page.get_by_label("Two prices, by the time of day").check()
    await page.get_by_label("Price in high-price hours", exact=True).fill("0.34")
    await page.get_by_label("Price at other times", exact=True).fill("0.13")
    await page.get_by_label("Fixed charge").fill("14.50")
    await page.get_by_role("button", name="Save the tariff").click()
    await page.get_by_test_id("bill-amount").wait_for()


async def take_statement(camera: Camera, page: Page, kind: str) -> None:
    """What a workshop in the garage owes for the month before, and it on paper."""
    await show(page, "costs")
    await page.get_by_role("link", name="Statement of some circuits").click()
    for circuit in ("Garage", "Lights", "Heat Pump"):
        await page.get_by_role("checkbox", name=circuit, exact=True).check()
    await page.get_by_label("For", exact=True).fill("the workshop")
    await page.locator("[data-series] >> nth=2").wait_for()
    await page.locator(".statement-acts").evaluate("acts => acts.scrollIntoView()")
    await camera.take(page, "statement", f"statement-{kind}")
    if kind == "desk":
        await page.emulate_media(media="print")
        await camera.take(page, "statement", "statement-print")
        await page.emulate_media(media="screen")


async def make_key(page: Page) -> None:
    """Make a key that sees two circuits, and show what the account has of sessions and keys."""
    await show(page, "account")
    for name, circuits in (("Kitchen display", ("Fridge", "Range")), ("Spreadsheet", ())):
        await page.get_by_role("button", name="Make a key …").click()
        await page.get_by_label("Name", exact=True).fill(name)
        if circuits:
            await page.get_by_role("radio", name="Only what you tick").check()
        for circuit in circuits:
            await page.get_by_role("checkbox", name=circuit).check()
        await page.get_by_role("button", name="Make the key").click()
        await page.get_by_role("button", name="I have it").click()
    await page.locator("section", has=page.locator("#sessions")).evaluate(
        "card => card.scrollIntoView()"
    )


async def take_evening(camera: Camera) -> None:
    """The home near New York, in every look."""
    for look, size in (("desk", DESK), ("phone", PHONE)):
        for scheme, suffix in SCHEMES.items():
            kind = f"{look}{suffix}"
            async with camera.opened(size=size, scheme=scheme) as page:
                await camera.take(page, "sign-in", f"sign-in-{kind}")
                await sign_in(page, email=f"{kind}@example.com", emporia=HOME)
                await camera.take(page, "now", f"now-{kind}")
                await price_hours(page)
                for view in ("costs", "today"):
                    await show(page, view)
                    await camera.take(page, view, f"{view}-{kind}")
                await take_statement(camera, page, kind)
                for view in ("history", "home"):
                    await show(page, view)
                    await camera.take(page, view, f"{view}-{kind}")
                await make_key(page)
                await camera.take(page, "account", f"account-{kind}")
    async with camera.opened() as page:
        await sign_in(page, email="circuits@example.com", emporia=HOME)
        await show(page, "history")
        for circuit in ("Heat Pump", "Range", "EV Charger"):
            await page.get_by_role("checkbox", name=circuit).check()
        await page.wait_for_timeout(2_000)
        await camera.take(page, "history", "history-circuits-desk")


async def take_noon(camera: Camera) -> None:
    """The home in Berlin that exports."""
    async with camera.opened() as page:
        await sign_in(page, email="solar-desk@example.com", emporia=SOLAR)
        await camera.take(page, "now", "solar-desk")


async def take_all(folder: Path) -> None:
    """Every picture, one moment after the other; raises EmptyPicture."""
    async with async_playwright() as playwright:
        browser = await launch_chromium(playwright)
        for now, take in ((EVENING, take_evening), (NOON, take_noon)):
            with running_demo(SETTINGS, now=now) as demo:
                await take(Camera(browser=browser, url=demo.url, now=now, folder=folder))
        await browser.close()


def main(folder: Path) -> None:
    """Take them, or end with a sentence that names the picture without figures."""
    folder.mkdir(exist_ok=True)
    try:
        asyncio.run(take_all(folder))
    except EmptyPicture as empty:
        sys.exit(str(empty))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else PICTURES)
