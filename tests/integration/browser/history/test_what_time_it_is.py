"""Today is the home's, by the gateway's clock, and stays so while the page is left open."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

HOME = ZoneInfo("America/New_York")


def day(moment: datetime) -> str:
    """As the chart is headed."""
    return f"{moment:%A, %B} {moment.day}, {moment.year}"


async def say_nothing(socket: WebSocketRoute) -> None:
    """In place of the gateway, so that nothing tells what time it is there."""


async def open_today(page: Page, person) -> None:
    await page.evaluate("location.hash = '#/history'")
    await page.get_by_label("Email").fill(person.email)
    await page.get_by_label("Password").fill(person.password)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_text("As of")).to_be_visible()


@pytest.mark.parametrize("days", [-1, 1])
async def test_a_browser_s_clock_that_is_wrong_changes_nothing(stage, open_page, days):
    page = await open_page(stage.url)
    await page.clock.install(time=datetime.now(HOME) + timedelta(days=days))
    await page.reload()

    await open_today(page, await stage.linked())

    title = page.locator(".history-heading h2")
    await expect(title).to_have_text(day(datetime.now(HOME)))
    await expect(page.get_by_text("As of")).to_be_visible()
    await expect(page.get_by_role("row", name="A Mains").get_by_role("cell").nth(4)).to_have_text(
        "0"
    )


async def test_today_becomes_the_new_day_at_the_home_s_midnight(stage, open_page):
    midnight = datetime.combine(datetime.now(HOME), time(0), HOME)
    page = await open_page(stage.url)
    await page.route_web_socket("**", say_nothing)
    await page.clock.install(time=midnight - timedelta(minutes=2))
    await page.reload()
    await open_today(page, await stage.linked())
    title = page.locator(".history-heading h2")
    await expect(title).to_have_text(day(midnight - timedelta(days=1)))

    await page.clock.run_for("03:00")

    await expect(title).to_have_text(day(midnight))
    await expect(page.get_by_role("radio", name="Today", exact=True)).to_be_checked()
