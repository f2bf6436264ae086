"""On paper stands what is shown, and not what one can do."""

from playwright.async_api import expect

from tests.integration.browser.acts import start_watching

WHITE = "rgb(255, 255, 255)"


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
