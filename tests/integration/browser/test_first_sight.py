"""The page opens, and there is nothing wrong with it."""

from playwright.async_api import expect

from tests.integration.browser.acts import start_watching


async def test_the_page_opens_with_nothing_wrong(page, axe):
    assert await page.title() == "Emporia Energy"
    assert await axe(page) == []


async def test_phones_and_the_dark_open_it_too(stage, open_page, axe):
    page = await open_page(
        stage.url,
        viewport={"width": 360, "height": 640},
        color_scheme="dark",
        reduced_motion="reduce",
        locale="de-DE",
        timezone_id="America/New_York",
    )

    assert await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert await axe(page) == []


async def test_a_sign_in_opens_the_day_so_far(stage, open_page):
    page = await open_page(stage.url, view=None)
    await start_watching(page, await stage.linked())

    await expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    await expect(page.get_by_test_id("today-kwh")).to_be_visible()
    today = page.get_by_role("navigation").get_by_role("link", name="Today", exact=True)
    await expect(today).to_have_attribute("aria-current", "page")


async def test_the_page_may_stream_from_where_it_came(page):
    opened = await page.evaluate(
        "new Promise((resolve) => {"
        "  const stream = new WebSocket(`ws://${location.host}/`);"
        "  stream.onopen = () => { resolve('opened'); stream.close(); };"
        "  stream.onerror = () => resolve('refused');"
        "})"
    )

    assert opened == "opened"
