"""Whoever goes to another view still sees the way back."""

import pytest
from playwright.async_api import expect

from tests.integration.browser.acts import come_back

PHONE, DESK = {"width": 320, "height": 600}, {"width": 1280, "height": 500}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_a_click_on_a_view_does_not_scroll_the_ways_out_of_sight(stage, open_page, size):
    page = await open_page(stage.url, viewport=size)
    await come_back(page, await stage.linked())
    for view in ("Today", "History", "Costs", "Home", "Account", "Now"):
        way = page.get_by_role("navigation").get_by_role("link", name=view, exact=True)
        await way.click()
        await expect(way).to_have_attribute("aria-current", "page")
        await expect(page.locator("main")).to_be_focused()

        await expect(way).to_be_in_viewport(ratio=1)
        assert await page.evaluate("window.scrollY") == 0
