"""A tariff is filled in, and the day is looked at, without pointing at anything."""

import pytest
from playwright.async_api import Page, expect

from tests.integration.browser.loop import in_browsers_loop


@in_browsers_loop
async def page(stage, open_page) -> Page:
    """The live view of somebody who has come back."""
    opened: Page = await open_page(stage.url, person=await stage.linked())
    await opened.get_by_test_id("instant").wait_for()
    return opened


async def test_from_the_day_to_a_tariff_and_back(page, go, press):
    await press("Today")
    await expect(page.get_by_test_id("today-kwh")).to_be_visible()
    await press("Set up a tariff")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Costs")
    await press("Add a tariff")
    await expect(page.get_by_label("Name", exact=True)).to_be_focused()
    await page.keyboard.type("Flat")
    await go("Price of a kWh")
    await page.keyboard.type("0.31")
    await go("Fixed charge")
    await page.keyboard.type("9.50")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Tariffs")).to_be_focused()
    await press("Every day in figures")
    await expect(page.locator("[data-day]").first).to_be_visible()
    await press("Today")

    await expect(page.get_by_test_id("today-cost")).to_be_visible()


async def test_what_few_tariffs_have_is_unfolded_and_filled_in(page, press, go):
    await press("Costs")
    await press("Add a tariff")
    await page.keyboard.type("Peaks")
    await go("Price of a kWh")
    await page.keyboard.type("0.31")
    await press("Demand charges")
    await press("Add a demand charge")
    await expect(page.get_by_role("textbox", name="Called on the bill")).to_be_focused()
    await go("Price of a kW")
    await page.keyboard.type("7.5")
    await press("Take it out: demand charge 1")
    await expect(page.get_by_role("button", name="Add a demand charge")).to_be_focused()
    await press("Taxes and percentages")
    await press("Add a tax")
    await page.keyboard.type("Sales tax")
    await go("How much")
    await page.keyboard.type("8")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Tariffs")).to_be_focused()
    await expect(page.locator("[data-line='Sales tax']")).to_be_visible()


@pytest.mark.parametrize("answer", ["Keep it", "Yes, remove it"])
async def test_a_tariff_is_removed_or_kept(page, press, go, answer):
    await press("Costs")
    await press("Add a tariff")
    await page.keyboard.type("Flat")
    await go("Price of a kWh")
    await page.keyboard.type("0.31")
    await page.keyboard.press("Enter")
    await press("Remove")
    await press(answer)

    kept = page.get_by_role("button", name="Change Flat")
    await expect(kept).to_have_count(1 if answer == "Keep it" else 0)
