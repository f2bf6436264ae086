"""Linking an Emporia account, and unlinking it: what may go wrong is told, and asked first."""

from playwright.async_api import Page, expect

from tests.integration.browser.acts import start_watching


async def open_account(page: Page) -> None:
    """Go there from wherever."""
    await page.get_by_role("navigation").get_by_role("link", name="Account").click()


async def test_a_wrong_password_mentions_accounts_that_have_none(page, stage):
    await start_watching(page, await stage.linked())
    await open_account(page)
    await page.get_by_role("button", name="Link again or another").click()
    await page.get_by_label("Email of your Emporia account").fill("home@example.com")
    await page.get_by_label("Its password").fill("wrong")
    await page.get_by_role("button", name="Link account").click()

    sentence = page.get_by_role("alert")
    await expect(sentence).to_contain_text("Emporia authentication failed. ")
    await expect(sentence).to_contain_text("Google or Apple")
    await expect(sentence).to_contain_text("“Forgot password” in Emporia's app makes one")


async def test_what_is_left_out_is_not_blamed_on_google(page, stage):
    await start_watching(page, await stage.linked())
    await open_account(page)
    await page.get_by_role("button", name="Link again or another").click()
    await page.get_by_role("button", name="Link account").click()

    await expect(page.get_by_role("alert")).to_have_text("Missing required credentials")


async def test_unlinking_asks_first_and_can_be_left(page, stage):
    person = await stage.linked()
    await start_watching(page, person)
    await open_account(page)
    await page.get_by_role("button", name="Unlink").click()

    question = page.get_by_text("Unlink it?")
    await expect(question).to_be_focused()
    await page.get_by_role("button", name="Keep it").click()
    await expect(question).to_have_count(0)
    profile = (await stage.get("/me", person)).json()["user"]
    assert profile["emporiaUsername"] == "home@example.com"


async def test_who_says_yes_is_unlinked(page, stage):
    person = await stage.linked()
    await start_watching(page, person)
    await open_account(page)
    await page.get_by_role("button", name="Unlink").click()
    await page.get_by_role("button", name="Yes, unlink").click()

    await expect(page.get_by_label("Email of your Emporia account")).to_be_visible()
    assert (await stage.get("/me", person)).json()["user"]["emporiaUsername"] is None
