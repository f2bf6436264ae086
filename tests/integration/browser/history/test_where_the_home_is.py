"""Times are the home's, wherever the browser is; all is English; what the sun gives is export."""

import re

import pytest
from playwright.async_api import expect

from tests.integration.browser.loop import in_browsers_loop


@in_browsers_loop
async def berlin(stage, open_history):
    """The home in Berlin, looked at in German and from Tokyo."""
    person = await stage.sign_up()
    await stage.link(person, "solar@example.com", "solar-password")
    return await open_history(
        person, locale="de-DE", timezone_id="Asia/Tokyo", viewport={"width": 1280, "height": 860}
    )


async def test_a_day_is_the_home_s_and_all_of_the_page_is_english(berlin):
    await berlin.show("2024-06-10T00:00", "2024-06-11T00:00")

    await expect(berlin.title).to_have_text("Monday, June 10, 2024")
    await expect(berlin.unit).to_contain_text("in the time of Europe/Berlin")
    await expect(berlin.loaded).to_be_visible()
    assert berlin.asked[-1]["start"] == "2024-06-09T22:00:00.000Z"
    assert berlin.asked[-1]["end"] == "2024-06-10T22:00:00.000Z"
    usages = await berlin.usages(berlin.asked[-1])
    await expect(berlin.figure("A Mains", "Total")).to_have_text(f"{sum(usages):.2f} kWh")
    await berlin.chart.press("Home")
    await expect(berlin.spoken).to_contain_text("Mon, Jun 10")
    await expect(berlin.spoken).to_contain_text("12:00")
    rows = await berlin.rows()
    assert rows[0]["Start (local)"] == "2024-06-10T00:00:00+02:00"
    assert [float(row["Mains (kWh)"]) for row in rows] == pytest.approx(usages)


async def test_what_the_roof_exports_is_below_zero_and_peaks_there(berlin):
    await berlin.show("2024-06-10T00:00", "2024-06-11T00:00")
    await berlin.choice("Solar").check()
    await expect(berlin.title).to_have_text("Monday, June 10, 2024")
    await expect(berlin.loaded).to_be_visible()

    usages = await berlin.usages(berlin.asked[-1])
    assert berlin.asked[-1]["channels"] == "1"
    assert sum(usages) < -10
    await expect(berlin.figure("B Solar", "Total")).to_have_text(f"{sum(usages):.2f} kWh")
    await expect(berlin.figure("B Solar", "Peak")).to_have_text(f"{min(usages):.2f} kWh")


async def test_money_outside_the_united_states_is_told_without_a_sign(berlin):
    await berlin.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(berlin.title).to_have_text("Monday, June 10, 2024")
    await berlin.measure("Cost")
    await expect(berlin.unit).to_contain_text("Cost per hour, in the account's currency")
    await expect(berlin.loaded).to_be_visible()

    usages = await berlin.usages(berlin.asked[-1])
    await expect(berlin.figure("A Mains", "Total")).to_have_text(f"{sum(usages):.2f}")
    rows = await berlin.rows()
    assert list(rows[0])[-1] == "Mains (account's currency)"
    await expect(berlin.page.locator("main")).not_to_contain_text("$")
    await expect(berlin.page.locator("main")).not_to_contain_text("dollar")
    await berlin.page.get_by_role("link", name="Home", exact=True).click()
    await expect(berlin.page.get_by_role("definition").filter(has_text="kWh").first).to_have_text(
        re.compile(r"^0\.\d+ per kWh, in the account's currency$")
    )
