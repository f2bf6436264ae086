"""A rate of the Utility Rate Database is chosen, and what it loses is named before it is kept."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.integration.browser.today.conftest import FLAT

RATE: dict[str, Any] = {
    "utility": "Florida Power & Light Co.",
    "name": "RS-1",
    "startdate": 1433116800,
    "energyratestructure": [[{"max": 1000, "rate": 0.07531}, {"rate": 0.09613}]],
    "flatdemandstructure": [[{"rate": 7.5}]],
    "fixedmonthlycharge": 7.57,
    "demandratchetpercentage": [0.8],
    "annualmincharge": 120,
}
LEFT_OUT = [
    "annualmincharge: left out (a minimum of a year).",
    "demandratchetpercentage: left out (a demand of earlier months).",
]


@pytest.fixture
def choose(tmp_path):
    """Chooses a file of this content on the page."""

    async def choose_one(page: Page, content: str) -> None:
        # A browser says nothing where the same file is chosen again.
        file = tmp_path / f"rate-{len(list(tmp_path.iterdir()))}.json"
        file.write_text(content)
        await page.get_by_label("File of the rate").set_input_files(file)

    return choose_one


async def tariffs(view: Any) -> list[Any]:
    listed: list[Any] = (await view.stage.get("/me/tariffs", view.person)).json()["tariffs"]
    return [one["tariff"] for one in listed]


async def test_what_a_rate_loses_is_named_before_it_is_kept(open_view, choose, axe):
    view = await open_view("costs", reduced_motion="reduce")
    page = view.page
    await page.get_by_role("button", name="Import a rate").click()
    field = page.get_by_label("File of the rate")
    await expect(field).to_be_focused()
    await page.get_by_role("button", name="Look at it").click()
    await expect(page.get_by_role("alert")).to_have_text("Choose a file first.")
    await choose(page, "<html>")
    await expect(page.get_by_role("alert")).to_contain_text("This is no JSON")
    await choose(page, '{"name": "nothing"}')
    await page.get_by_role("button", name="Look at it").click()
    await expect(page.get_by_role("alert")).to_have_text(
        "energyratestructure: a tariff has a price for energy."
    )
    await expect(field).to_be_focused()

    await choose(page, json.dumps({"items": [{**RATE, "name": "RS-0"}, RATE]}))
    await page.get_by_label("Which of them").select_option(
        label=f"{RATE['utility']}, RS-1, since 2015-06-01"
    )
    await page.get_by_role("button", name="Look at it").click()
    await expect(page.get_by_test_id("left-out").get_by_role("listitem")).to_have_text(LEFT_OUT)
    await expect(
        page.get_by_role("heading", name="Florida Power & Light Co., RS-1")
    ).to_be_focused()
    await expect(
        page.get_by_text("2 prices of energy, 1 demand charge, and 1 fixed charge")
    ).to_be_visible()
    assert await tariffs(view) == []
    assert await axe(page) == []

    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_text("The rate is kept as a tariff.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Tariffs")).to_be_focused()
    await expect(
        page.get_by_role("button", name="Change Florida Power & Light Co., RS-1")
    ).to_be_visible()
    await expect(page.get_by_test_id("bill-amount")).to_be_visible()
    (one,) = await tariffs(view)
    assert one["rates"][0]["demand"][0]["periods"][0]["tiers"][0]["price"] == "7.5"


async def test_a_rate_is_changed_before_it_is_kept(open_view, choose):
    view = await open_view("costs", tariff=FLAT)
    page = view.page
    await page.get_by_role("button", name="Import a rate").click()
    await choose(page, json.dumps(RATE))
    await page.get_by_role("button", name="Look at it").click()
    await page.get_by_role("button", name="Change it first").click()
    await expect(page.get_by_label("Price of a kWh at first")).to_have_value("0.07531")
    await page.get_by_label("Name", exact=True).fill("Mine")
    await page.get_by_role("button", name="Save the tariff").click()

    await expect(page.get_by_text("The tariff is saved.")).to_be_visible()
    assert [one["name"] for one in await tariffs(view)] == ["Home power", "Mine"]
