"""Signing in on the page with a second factor: the form asks for the code when it is wanted."""

import pyotp
from playwright.async_api import expect

from tests.integration.browser.acts import sign_in


async def switched_on(stage) -> tuple[object, list[str]]:
    person = await stage.linked()
    begun = await stage.client.post("/me/second-factor", headers=person.bearer, json={})
    code = pyotp.TOTP(begun.json()["secondFactor"]["secret"]).now()
    confirmed = await stage.client.post(
        "/me/second-factor/confirm", headers=person.bearer, json={"code": code}
    )
    return person, confirmed.json()["recoveryCodes"]


async def test_the_form_asks_for_the_code_of_whoever_has_one(stage, open_page):
    person, codes = await switched_on(stage)
    async with await open_page(stage.url) as page:
        await expect(page.get_by_label("Code")).to_have_count(0)
        await sign_in(page, person)

        field = page.get_by_label("Code")
        await expect(field).to_be_focused()
        await expect(page.get_by_role("alert")).to_have_text(
            "Enter the code that your authenticator app shows, or a recovery code."
        )

        await field.fill("000000")
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await expect(page.get_by_role("alert")).to_contain_text("This code is not right")
        await expect(field).to_be_focused()

        await field.fill(codes[0])
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await page.get_by_test_id("instant").wait_for()


async def test_who_has_none_is_not_asked(stage, open_page):
    person = await stage.linked()
    async with await open_page(stage.url) as page:
        await sign_in(page, person)
        await page.get_by_test_id("instant").wait_for()
