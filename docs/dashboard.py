"""Takes the pictures of the dashboard in docs/dashboard: the demo's homes, on a desk and a phone.

The simulated homes are set to an hour that shows something: an evening in New York, and a noon
of last summer in Berlin.

Usage: python -m docs.dashboard
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from docs.demo import Demo, running_demo
from web.chromium import launch_chromium

PICTURES = Path(__file__).with_suffix("")
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
EVENING = datetime(2026, 3, 4, 23, 40, tzinfo=UTC)
NOON = datetime(2026, 6, 20, 10, 40, tzinfo=UTC)
HOME = ("home@example.com", "emporia-password")
SOLAR = ("solar@example.com", "solar-password")


@asynccontextmanager
async def opened(
    browser: Browser, url: str, now: datetime, *, size: dict[str, int], scheme: str
) -> AsyncIterator[Page]:
    """The page in a browser whose clock shows the homes' time."""
    context = await browser.new_context(
        viewport=size, color_scheme=scheme, locale="en-US", reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.clock.install(time=now)
    await page.goto(url)
    yield page
    await context.close()


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
    await page.evaluate("location.hash = '#/now'")
    await page.get_by_test_id("home-watts").wait_for()
    await page.wait_for_timeout(2_500)  # the past of the line, and the day's energy


async def take(page: Page, name: str) -> None:
    """Save what is seen."""
    await page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    print(PICTURES / f"{name}.png")  # noqa: T201


async def show(page: Page, view: str) -> None:
    """Open a view, and wait until it stands."""
    await page.evaluate("view => { location.hash = `#/${view}`; }", view)
    await page.get_by_role("heading", level=1).first.wait_for()
    await page.wait_for_timeout(2_000)


async def take_all(demo: Demo) -> None:
    """Every picture, one home after the other."""
    async with async_playwright() as playwright:
        browser = await launch_chromium(playwright)
        looks = [("desk", DESK, "light"), ("desk-dark", DESK, "dark")]
        looks += [("phone", PHONE, "light"), ("phone-dark", PHONE, "dark")]
        for look, size, scheme in looks:
            demo.set_clock(EVENING, speed=1)
            async with opened(browser, demo.url, EVENING, size=size, scheme=scheme) as page:
                await take(page, f"sign-in-{look}")
                await sign_in(page, email=f"{look}@example.com", emporia=HOME)
                await take(page, f"now-{look}")
                for view in ("history", "home"):
                    await show(page, view)
                    await take(page, f"{view}-{look}")
        async with opened(browser, demo.url, EVENING, size=DESK, scheme="light") as page:
            await sign_in(page, email="circuits@example.com", emporia=HOME)
            await show(page, "history")
            for circuit in ("Heat Pump", "Range", "EV Charger"):
                await page.get_by_role("checkbox", name=circuit).check()
            await page.wait_for_timeout(2_000)
            await take(page, "history-circuits-desk")
        demo.set_clock(NOON, speed=1)
        async with opened(browser, demo.url, NOON, size=DESK, scheme="light") as page:
            await sign_in(page, email="solar-desk@example.com", emporia=SOLAR)
            await take(page, "solar-desk")
        await browser.close()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with running_demo({"ACCOUNT_CALLS_PER_MINUTE": "100"}) as demo:
        asyncio.run(take_all(demo))
