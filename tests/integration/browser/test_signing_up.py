"""From nothing to a live home: sign up, link, and every circuit is there."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import Page, expect

from entrypoints.composition import SimulatorOptions

LUNCH = SimulatorOptions(start=datetime(2025, 7, 8, 16, 30, tzinfo=UTC), speed=0)
"""Half past twelve in New York, for ever."""

BARS = [
    "Name Watts Share kWh today",
    "Microwave 1,385 41% 0.32",
    "Heat Pump 990 30% 5.27",
    "Dehumidifier 568 17% 1.41",
    "Balance what no circuit measures 190 6% 2.50",
    "Office without what hangs on it 88 3% 0.74",
    "Desk 40 1% 0.24",
    "Living Room 38 1% 0.44",
    "Lights 14 0% 0.30",
    "Garage without what hangs on it 8 0% 0.11",
    "EV Charger 4 0% 0.06",
    "Fridge 4 0% 0.67",
    "Range 3 0% 0.33",
    "Freezer 3 0% 0.48",
    "Water Heater 2 0% 3.75",
    "Clothes Dryer 2 0% 0.02",
    "Dishwasher 1 0% 0.02",
    "Well Pump 1 0% 0.87",
    "Circuit 15 not set up 0 0% 0.00",
    "Circuit 16 not set up 0 0% 0.00",
    "Aquarium Offline since Apr 2, 2026, 5:06 PM" + 3 * " \N{EN DASH}",
]

FILLED = """rows => rows.map((row) => {
  const width = (part) => row.querySelector(part).getBoundingClientRect().width;
  return width(".fill") / width(".track");
})"""


async def sign_up_and_link(page: Page) -> None:
    await page.get_by_role("button", name="Create an account").click()
    await page.get_by_label("Email").fill("ada@example.com")
    await page.get_by_label("Password").fill("correct horse")
    await page.get_by_role("button", name="Create account").click()
    await page.get_by_label("Email of your Emporia account").fill("home@example.com")
    await page.get_by_label("Its password").fill("emporia-password")
    await page.get_by_role("button", name="Link account").click()


async def test_whoever_signs_up_and_links_sees_their_home(stages, open_page):
    async with stages(simulator=LUNCH) as stage, await open_page(stage.url) as page:
        await sign_up_and_link(page)

        await expect(page.get_by_role("heading", name="The home uses")).to_be_visible()
        await expect(page.get_by_test_id("home-watts")).to_have_text("3,340")
        await expect(page.get_by_test_id("instant")).to_have_text("12:30:00 PM")
        await expect(page.get_by_text("17.51 kWh")).to_be_visible()
        await expect(page.get_by_role("figure", name="What the home uses, in the")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_text("Live")
        await expect(page).to_have_title("3,340 W · Emporia Energy")


async def test_circuits_are_bars_sorted_by_watts_and_devices_stand_under_them(stages, open_page):
    async with stages(simulator=LUNCH) as stage, await open_page(stage.url) as page:
        await sign_up_and_link(page)

        circuits = page.get_by_role("region", name="Circuits")
        await expect(circuits.get_by_role("row")).to_have_text(BARS, use_inner_text=True)
        await expect(circuits.get_by_role("rowheader", name="└")).to_have_text(
            ["Desk", "EV Charger"], use_inner_text=True
        )
        filled = await page.locator("tr[data-key]").evaluate_all(FILLED)
        assert filled[:3] == pytest.approx([1, 990 / 1385, 568 / 1385], abs=0.01)


async def test_the_home_goes_on_living_by_itself(page):
    await sign_up_and_link(page)

    instant = page.get_by_test_id("instant")
    first = await instant.get_attribute("datetime")
    await expect(instant).not_to_have_attribute("datetime", first)
    second = await instant.get_attribute("datetime")
    await expect(instant).not_to_have_attribute("datetime", second)
    assert first < second < await instant.get_attribute("datetime")
