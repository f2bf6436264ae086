"""A row of the live view, and a circuit of the home, lead to their history."""

import re

from playwright.async_api import expect

from tests.integration.browser.acts import start_watching


async def test_a_circuit_s_name_leads_to_its_history_and_to_nothing_else(page, stage):
    await start_watching(page, await stage.linked())
    await page.get_by_role("link", name="Garage").click()

    await expect(page.get_by_role("heading", name="History", exact=True)).to_be_visible()
    await expect(page.locator(".history-legend li")).to_have_text([re.compile("AGarage")])
    await expect(page.get_by_role("checkbox", checked=True, name="Garage")).to_be_visible()


async def test_another_row_leads_there_from_what_was_looked_at(page, stage):
    await start_watching(page, await stage.linked())
    await page.get_by_role("link", name="History", exact=True).click()
    await page.get_by_role("radio", name="Last 7 days").check()
    await page.get_by_role("link", name="Now", exact=True).click()
    await page.get_by_role("link", name="EV Charger").click()

    await expect(page.locator(".history-legend li")).to_have_text([re.compile("AEV Charger")])
    await expect(page.get_by_role("radio", name="Last 7 days")).to_be_checked()


async def test_an_address_with_a_circuit_can_be_kept(page, stage):
    await start_watching(page, await stage.linked())
    await page.goto(f"{stage.url}/#/history?circuit=1001/3")
    await page.reload()

    await expect(page.locator(".history-legend li")).to_have_text([re.compile("AHeat Pump")])


async def test_a_circuit_that_is_not_there_leads_to_the_history_all_the_same(page, stage):
    await start_watching(page, await stage.linked())
    await page.goto(f"{stage.url}/#/history?circuit=99/3")

    await expect(page.locator(".history-legend li")).to_have_text([re.compile("AMains")])


async def test_a_circuit_with_a_device_on_it_says_that_its_history_holds_both(page, stage):
    await start_watching(page, await stage.linked())
    row = page.get_by_role("rowheader", name="Garage")
    await expect(row).to_contain_text("without what hangs on it")
    await page.get_by_role("link", name="Garage").click()

    await expect(page.locator(".history-legend")).to_contain_text(
        "With what hangs on it: Garage holds EV Charger. Now shows a circuit without those."
    )
    await page.get_by_role("checkbox", name="Garage").uncheck()
    await page.get_by_role("checkbox", name="Fridge").check()
    await expect(page.locator(".history-legend")).not_to_contain_text("hangs on it")
