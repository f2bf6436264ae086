"""On paper stands what is shown, and not what one can do."""

from playwright.async_api import expect

from tests.integration.browser.acts import start_watching
from tests.integration.browser.today.conftest import FLAT

WHITE = "rgb(255, 255, 255)"
BLACK = "rgb(0, 0, 0)"


async def test_the_live_view_is_printed_without_its_buttons_and_in_light(stage, open_page):
    page = await open_page(stage.url, color_scheme="dark")
    await start_watching(page, await stage.linked())
    await page.emulate_media(media="print", color_scheme="dark")

    await expect(page.get_by_test_id("home-watts")).to_be_visible()
    await expect(page.get_by_role("rowheader", name="Heat Pump")).to_be_visible()
    await expect(page.locator(".live-line canvas")).to_be_visible()
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await expect(page.get_by_role("button", name="Hold still")).to_be_hidden()
    await expect(page.locator(".hero")).to_have_css("background-color", WHITE)


async def test_a_bill_is_printed_black_on_white_with_its_days_and_without_the_form(
    stage, open_page
):
    person = await stage.linked()
    assert (await stage.client.post("/me/tariffs", headers=person.bearer, json=FLAT)).is_success
    page = await open_page(stage.url, view="costs", person=person, color_scheme="dark")
    await expect(page.get_by_test_id("bill-amount")).to_be_visible()
    await page.get_by_role("button", name="Add a tariff").click()
    await page.emulate_media(media="print", color_scheme="dark")

    await expect(page.get_by_test_id("bill-amount")).to_have_css("color", BLACK)
    await expect(page.locator(".costs > section .muted").first).to_have_css("color", BLACK)
    await expect(page.locator("[data-day]").first).to_be_visible()
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await expect(page.get_by_role("heading", name="Tariffs")).to_be_hidden()
    await expect(page.get_by_role("button")).to_have_count(0)


async def test_the_history_is_printed_with_its_figures_and_without_its_controls(page, stage):
    await start_watching(page, await stage.linked())
    await page.get_by_role("link", name="History", exact=True).click()
    await expect(page.get_by_text("As of")).to_be_visible()
    await page.emulate_media(media="print")

    await expect(page.locator(".history-chart canvas")).to_be_visible()
    await expect(page.get_by_role("heading", name="Figures")).to_be_visible()
    await expect(page.get_by_role("radio", name="Today")).to_be_hidden()
    await expect(page.get_by_role("checkbox", name="Fridge")).to_be_hidden()
    await expect(page.get_by_role("button", name="Download CSV")).to_be_hidden()
