"""Whatever a pointer does on the chart, keys do too: no test in here ever points at anything."""

import re

import pytest
from playwright.async_api import expect

from tests.integration.browser.loop import in_browsers_loop

FOCUSED_ROLE = "document.activeElement.getAttribute('role')"
MOST_STOPS = 80


@in_browsers_loop
async def year(history):
    """The year 2024, with the focus on the chart."""
    await history.show("2024-01-01T00:00", "2025-01-01T00:00")
    await expect(history.unit).to_contain_text("kWh per day")
    await expect(history.loaded).to_be_visible()
    for _ in range(MOST_STOPS):
        await history.page.keyboard.press("Tab")
        if await history.page.evaluate(FOCUSED_ROLE) == "application":
            return history
    pytest.fail("No way leads to the chart by Tab.")


async def test_buckets_are_read_one_by_one_a_tenth_further_and_at_the_edge(year):
    usages = await year.usages(year.asked[-1])
    press = year.page.keyboard.press

    await press("ArrowLeft")
    await expect(year.spoken).to_have_text(f"Tue, Dec 31, 2024; Mains: {usages[-1]:.2f} kWh")
    await press("ArrowLeft")
    await expect(year.spoken).to_have_text(f"Mon, Dec 30, 2024; Mains: {usages[-2]:.2f} kWh")
    await press("Home")
    await expect(year.spoken).to_have_text(f"Mon, Jan 1, 2024; Mains: {usages[0]:.2f} kWh")
    await press("PageDown")
    await expect(year.spoken).to_have_text(f"Wed, Feb 7, 2024; Mains: {usages[37]:.2f} kWh")
    await press("Escape")
    await expect(year.spoken).to_be_empty()
    await press("Tab")
    await expect(year.button("Download CSV")).to_be_focused()


async def test_a_selection_is_summed_up_and_zoomed_to_and_every_way_around_is_a_key(year):
    usages = await year.usages(year.asked[-1])
    press = year.page.keyboard.press

    await press("Home")
    await press("Shift+ArrowRight")
    await press("Shift+ArrowRight")
    await expect(year.spoken).to_have_text(
        f"Selected: Mon, Jan 1, 2024 to Wed, Jan 3, 2024; Mains: {sum(usages[:3]):.2f} kWh; "
        "Enter zooms in"
    )
    await press("Enter")
    await expect(year.title).to_have_text(re.compile(r"^Jan 1\W+3, 2024$"))
    await expect(year.loaded).to_be_visible()
    assert year.asked[-1]["scale"] == "1H"
    assert year.asked[-1]["start"] == "2024-01-01T05:00:00.000Z"
    assert year.asked[-1]["end"] == "2024-01-04T05:00:00.000Z"

    await press("-")
    await expect(year.title).not_to_have_text(re.compile(r"^Jan 1\W+3, 2024$"))
    await press("Backspace")
    await expect(year.title).to_have_text(re.compile(r"^Jan 1\W+3, 2024$"))
    await press("Backspace")
    await expect(year.title).to_have_text(re.compile(r"^Jan 1\W+Dec 31, 2024$"))

    await press(",")
    await expect(year.title).to_have_text(re.compile(r"^Jan 1\W+Dec 31, 2023$"))
    await expect(year.spoken).to_have_text(re.compile(r"^Jan 1\W+Dec 31, 2023, by day$"))
    await press(".")
    await expect(year.title).to_have_text(re.compile(r"^Jan 1\W+Dec 31, 2024$"))
