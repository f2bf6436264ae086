"""The live line is read at any moment of it, by pointer and by keys."""

import re
from datetime import UTC, datetime

from playwright.async_api import Page, expect

from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import start_watching

LUNCH = SimulatorOptions(start=datetime(2025, 7, 8, 16, 30, tzinfo=UTC), speed=0)
"""Half past twelve in New York, for ever."""

READING = re.compile(r"^12:\d\d:\d\d PM: [\d,]+ W$")


async def watch(page: Page, stage) -> None:
    """Come in, and have the past of the line."""
    person = await stage.linked()
    async with page.expect_response(lambda answer: "/history?" in answer.url):
        await start_watching(page, person)


def line(page: Page):
    return page.get_by_role("slider", name="A moment of the last 15 minutes")


async def test_who_points_at_it_reads_the_moment_and_its_watts(stages, open_page):
    async with stages(simulator=LUNCH) as stage, await open_page(stage.url) as page:
        await watch(page, stage)
        box = await page.locator(".live-line .u-over").bounding_box()
        middle = box["y"] + box["height"] / 2

        await page.mouse.move(box["x"] + box["width"] / 2, middle)
        reading = page.locator(".live-reading")
        await expect(reading).to_have_text(READING)
        half = await reading.inner_text()
        assert half.startswith(("12:22:", "12:23:"))
        await expect(page.locator(".live-mark")).to_be_visible()

        await page.mouse.move(box["x"] + 5, middle)
        await expect(reading).not_to_have_text(half)
        await page.mouse.move(box["x"] + 5, box["y"] - 60)
        await expect(reading).to_contain_text("Point at the line")
        await expect(page.locator(".live-mark")).to_be_hidden()


async def test_keys_go_along_it_and_say_what_they_read(stages, open_page):
    async with stages(simulator=LUNCH) as stage, await open_page(stage.url) as page:
        await watch(page, stage)
        await line(page).focus()
        await expect(line(page)).to_have_attribute("aria-valuetext", re.compile("^now: 3,340 W$"))

        await line(page).press("Home")
        await expect(line(page)).to_have_attribute("aria-valuetext", READING)
        await expect(line(page)).to_have_attribute("aria-valuenow", "-900")
        await line(page).press("ArrowRight")
        await expect(line(page)).to_have_attribute("aria-valuenow", "-899")
        await line(page).press("PageUp")
        await expect(line(page)).to_have_attribute("aria-valuenow", "-839")
        await line(page).press("Escape")
        await expect(line(page)).to_have_attribute("aria-valuetext", "now: 3,340 W")
