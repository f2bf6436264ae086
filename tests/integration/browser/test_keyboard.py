"""Everything a mouse can do, a keyboard can: no test in here ever points at anything."""

from playwright.async_api import Page, expect

from tests.integration.browser.conftest import Go
from tests.integration.browser.loop import in_browsers_loop

PASSWORD = "correct horse"


@in_browsers_loop
async def home(page: Page, go: Go, press: Go) -> Page:
    """A person who signed up and linked a home, all by keyboard."""
    await press("Create an account")
    await expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    await go("Email")
    await page.keyboard.type("keys@example.com")
    await go("Password")
    await page.keyboard.type(PASSWORD)
    await go("Stay signed in")
    await page.keyboard.press("Space")
    await press("Create account")
    await page.get_by_label("Email of your Emporia account").wait_for()
    await go("Email of your Emporia account")
    await page.keyboard.type("home@example.com")
    await go("Its password")
    await page.keyboard.type("emporia-password")
    await page.keyboard.press("Enter")
    await page.get_by_test_id("home-watts").wait_for()
    return page


async def test_signing_up_linking_and_seeing_the_home(home: Page) -> None:
    await expect(home.get_by_test_id("home-watts")).to_be_visible()


async def test_a_password_is_shown_and_hidden(page: Page, go: Go) -> None:
    await go("Password")
    await page.keyboard.type("visible")
    await go("Show it")
    await page.keyboard.press("Space")

    await expect(page.get_by_label("Password")).to_have_attribute("type", "text")


async def test_the_bar_is_skipped_to_the_content(home: Page, press: Go) -> None:
    await press("Skip to the content")

    assert await home.evaluate("document.activeElement.id") == "main"


async def test_what_moves_is_held_and_goes_on(home: Page, press: Go) -> None:
    await press("Hold still")
    await expect(home.get_by_text("Held")).to_be_visible()
    await home.keyboard.press("Enter")

    await expect(home.get_by_text("Held")).to_have_count(0)


async def test_a_panel_s_circuits_unfold(home: Page, press: Go) -> None:
    await press("Home")
    await press("16 circuits")

    await expect(home.get_by_role("cell", name="Clothes Dryer", exact=True)).to_be_visible()


async def test_unlinking_linking_again_and_signing_out(home: Page, press: Go, go: Go) -> None:
    await press("Account")
    await expect(home.locator("#main")).to_be_focused()
    await press("Unlink")
    await press("Yes, unlink")
    await home.get_by_label("Email of your Emporia account").wait_for()
    await go("Email of your Emporia account")
    await home.keyboard.type("solar@example.com")
    await go("Its password")
    await home.keyboard.type("solar-password")
    await home.keyboard.press("Enter")
    await expect(home.get_by_text("solar@example.com")).to_be_visible()
    await press("Sign out")

    await expect(home.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_deleting_the_account(home: Page, press: Go, go: Go) -> None:
    await press("Account")
    await expect(home.locator("#main")).to_be_focused()
    await press("Delete account")
    await go("Your password")
    await home.keyboard.type(PASSWORD)
    await home.keyboard.press("Enter")

    await expect(home.get_by_text("The account is deleted.")).to_be_visible()
