"""Nobody is kept out: axe-core finds nothing serious in any view, in any look, at any size."""

from typing import Any

from playwright.async_api import Page, expect

from tests.integration.browser.acts import come_back
from tests.integration.browser.looks import TWO_LOOKS, Axe, looks
from tests.integration.browser.loop import in_browsers_loop


@in_browsers_loop
async def page(stage: Any, open_page: Any) -> Page:
    """The way in."""
    opened: Page = await open_page(stage.url, reduced_motion="reduce")
    return opened


async def open_home(page: Page, stage: Any) -> None:
    """Come in with a home linked."""
    person = await stage.linked()
    await come_back(page, person)


async def suits_everybody(page: Page, axe: Axe) -> None:
    """Look at it as it is, on a desk and on a phone: all of it fits, too."""
    async for look in looks(page, TWO_LOOKS):
        assert await axe(page) == [], look


async def test_the_way_in(page: Page, axe: Axe) -> None:
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await suits_everybody(page, axe)

    await page.get_by_role("button", name="Create an account").click()
    await suits_everybody(page, axe)


async def test_the_live_view(page: Page, stage: Any, axe: Axe) -> None:
    await open_home(page, stage)

    await suits_everybody(page, axe)


async def test_the_live_view_when_it_is_stale(
    page: Page, stage: Any, axe: Axe, faults: Any
) -> None:
    await open_home(page, stage)
    faults.expect("answer 50")
    await stage.fault(kind="server_error")
    await expect(page.get_by_text("Stale")).to_be_visible()

    await suits_everybody(page, axe)


async def test_the_home_with_every_circuit_unfolded(page: Page, stage: Any, axe: Axe) -> None:
    await open_home(page, stage)
    await page.get_by_role("link", name="Home").click()
    await page.get_by_text("circuits").click()
    await expect(page.get_by_role("cell", name="50 A", exact=True).first).to_be_visible()

    await suits_everybody(page, axe)


async def test_the_account_with_every_form_unfolded(page: Page, stage: Any, axe: Axe) -> None:
    await open_home(page, stage)
    await page.get_by_role("link", name="Account").click()
    await page.get_by_role("button", name="Link again or another").click()
    await page.get_by_role("button", name="Delete account").click()

    await suits_everybody(page, axe)
