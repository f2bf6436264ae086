"""The account keeps nobody out: any size, any look, and keys alone."""

from typing import Any

import pyotp
from dependency_injector import providers
from playwright.async_api import Page, expect

from adapters.fake.accounts.identity_provider import ScriptedIdentityProvider
from tests.integration.browser.account.conftest import open_account
from tests.integration.browser.account.test_events import tell
from tests.integration.browser.conftest import load_axe
from tests.integration.browser.looks import EVERY_LOOK, looks

WCAG = """axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })"""


async def violations(page: Page) -> list[str]:
    """All that axe-core finds against WCAG 2.2 at level AA, whatever its weight."""
    await load_axe(page)
    found = await page.evaluate(WCAG)
    return [
        f"{violation['id']}: {[node['target'] for node in violation['nodes']]}"
        for violation in found["violations"]
    ]


async def suits_everybody(page: Page) -> None:
    """Look at it as it is, in every look: all of it fits, too."""
    async for look in looks(page, EVERY_LOOK):
        assert await violations(page) == [], look


async def test_axe_finds_nothing_and_all_of_it_fits(stage: Any, open_page: Any) -> None:
    person = await stage.linked()
    page = await open_page(stage.url, reduced_motion="reduce")
    await page.route("**/me/events?*", tell)
    await open_account(page, person)
    await page.get_by_role("button", name="Change password …").click()
    await page.get_by_role("button", name="End all others …").click()
    await page.get_by_role("button", name="Make a key …").click()
    await page.get_by_role("radio", name="Only what you tick").check()
    await page.get_by_role("button", name="Make the key").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await suits_everybody(page)

    await page.get_by_label("Name", exact=True).fill("a name of many letters " * 2)
    await page.get_by_role("checkbox", name="Fridge").check()
    await page.get_by_role("button", name="Make the key").click()
    await page.get_by_role("button", name="Copy the key").wait_for()
    await page.get_by_role("button", name="Revoke …").click()
    await suits_everybody(page)


async def test_a_key_is_made_limited_and_revoked_by_keyboard(
    page: Page, stage: Any, go: Any, press: Any
) -> None:
    await open_account(page, await stage.linked())
    keyboard = page.keyboard
    await press("Make a key …")
    await expect(page.get_by_label("Name", exact=True)).to_be_focused()
    await keyboard.type("fridge watch")
    await go("Stream.")
    await keyboard.press("Space")
    await go("All that you see")
    await keyboard.press("ArrowDown")
    await go("Find a device or circuit")
    await keyboard.type("fridge")
    await go("Fridge")
    await keyboard.press("Space")
    await keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Your new key")).to_be_focused()
    await press("I have it")
    await expect(page.get_by_role("heading", name="API keys")).to_be_focused()
    await press("Revoke …")
    await press("Yes, revoke it")
    await expect(page.get_by_text("There are none.")).to_be_visible()


async def test_a_session_is_ended_and_the_password_changed_by_keyboard(
    page: Page, stage: Any, go: Any, press: Any
) -> None:
    person = await stage.linked()
    await open_account(page, person)
    sessions = page.get_by_role("region", name="Sessions").get_by_role("listitem")
    await expect(sessions).to_have_count(2)
    await press("End …")
    await press("Yes, end it")
    await expect(sessions).to_have_count(1)

    await press("Change password …")
    await go("Current password")
    await page.keyboard.type(person.password)
    await go("New password")
    await page.keyboard.type("incorrect zebra")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("The password is changed.")).to_be_visible()


async def test_axe_finds_nothing_in_a_second_factor_and_all_of_it_fits(
    stage: Any, open_page: Any
) -> None:
    person = await stage.linked()
    stage.container.identity_provider.override(providers.Object(ScriptedIdentityProvider()))
    page = await open_page(stage.url, reduced_motion="reduce")
    await open_account(page, person)
    await page.get_by_role("button", name="Join mine …").wait_for()
    await page.get_by_role("button", name="Set it up …").click()
    secret = await page.locator("code").inner_text()
    field = page.get_by_label("Code", exact=True)
    await field.fill("000000")
    await page.get_by_role("button", name="Switch it on").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await suits_everybody(page)

    await field.fill(pyotp.TOTP(secret.replace(" ", "")).now())
    await page.get_by_role("button", name="Switch it on").click()
    await page.get_by_role("button", name="Copy the codes").wait_for()
    await suits_everybody(page)

    await page.get_by_label("I have kept them").check()
    await page.get_by_role("button", name="Show them no more").click()
    await page.get_by_role("button", name="Switch it off …").click()
    await suits_everybody(page)


async def test_a_second_factor_is_set_up_and_switched_off_by_keyboard(
    page: Page, stage: Any, go: Any, press: Any
) -> None:
    await open_account(page, await stage.linked())
    await press("Set it up …")
    secret = await page.locator("code").inner_text()
    await go("Code")
    await page.keyboard.type(pyotp.TOTP(secret.replace(" ", "")).now())
    await page.keyboard.press("Enter")

    title = page.get_by_role("heading", name="Your recovery codes")
    await expect(title).to_be_focused()
    recovery = await page.locator("ol code").first.inner_text()
    await go("I have kept them")
    await page.keyboard.press("Space")
    await press("Show them no more")
    card = page.get_by_role("heading", name="Second factor")
    await expect(card).to_be_focused()

    await press("Switch it off …")
    await go("Code")
    await page.keyboard.type(recovery)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("It is off.")).to_be_visible()
    await expect(card).to_be_focused()
