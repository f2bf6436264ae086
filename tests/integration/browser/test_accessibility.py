"""Nobody is kept out: axe-core finds nothing serious in any view, in any look, at any size."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.integration.browser.acts import come_back
from tests.integration.browser.loop import in_browsers_loop

Axe = Callable[[Page], Awaitable[list[str]]]

DESK, PHONE = {"width": 1280, "height": 860}, {"width": 320, "height": 740}
LOOKS = {
    "a desk, light": {"viewport": DESK, "color_scheme": "light"},
    "a phone, dark": {"viewport": PHONE, "color_scheme": "dark"},
}


@in_browsers_loop(params=list(LOOKS.values()), ids=list(LOOKS))
async def page(request: pytest.FixtureRequest, stage: Any, open_page: Any) -> Page:
    """The way in, at this size and in this look."""
    opened: Page = await open_page(stage.url, reduced_motion="reduce", **request.param)
    return opened


async def open_home(page: Page, stage: Any) -> None:
    """Come in with a home linked."""
    person = await stage.linked()
    await come_back(page, person)


async def has_no_side_scroll(page: Page) -> bool:
    """Whether all of it fits the width of the screen."""
    fits: bool = await page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return fits


async def test_the_way_in(page: Page, axe: Axe) -> None:
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    assert await axe(page) == []

    await page.get_by_role("button", name="Create an account").click()
    assert await axe(page) == []
    assert await has_no_side_scroll(page)


async def test_the_live_view(page: Page, stage: Any, axe: Axe) -> None:
    await open_home(page, stage)

    assert await axe(page) == []
    assert await has_no_side_scroll(page)


async def test_the_live_view_when_it_is_stale(
    page: Page, stage: Any, axe: Axe, faults: Any
) -> None:
    await open_home(page, stage)
    faults.expect("answer 50")
    await stage.fault(kind="server_error")
    await expect(page.get_by_text("Stale")).to_be_visible()

    assert await axe(page) == []
    assert await has_no_side_scroll(page)


async def test_the_home_with_every_circuit_unfolded(page: Page, stage: Any, axe: Axe) -> None:
    await open_home(page, stage)
    await page.get_by_role("link", name="Home").click()
    await page.get_by_text("circuits").click()
    await expect(page.get_by_role("cell", name="50 A", exact=True).first).to_be_visible()

    assert await axe(page) == []
    assert await has_no_side_scroll(page)


async def test_the_account_with_every_form_unfolded(page: Page, stage: Any, axe: Axe) -> None:
    await open_home(page, stage)
    await page.get_by_role("link", name="Account").click()
    await page.get_by_role("button", name="Link again or another").click()
    await page.get_by_role("button", name="Delete account").click()

    assert await axe(page) == []
    assert await has_no_side_scroll(page)
