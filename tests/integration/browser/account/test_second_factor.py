"""The second factor, from its set-up on the page to its end there."""

import time

import pyotp
import pytest
from playwright.async_api import expect

from tests.integration.browser.account.conftest import Account
from tests.integration.browser.acts import sign_in

STEP_SECONDS = 30
CARD = "Second factor"


class App:
    """An authenticator app; a code is good once, so that each that it shows is the next one."""

    def __init__(self, secret: str) -> None:
        self._codes = pyotp.TOTP(secret)
        self._shown = 0

    def code(self) -> str:
        """Two are in time at any moment: the one of now, and the one after."""
        self._shown += 1
        return self._codes.at(time.time() + (self._shown - 1) * STEP_SECONDS)


async def begin(account: Account) -> App:
    await account.button("Set it up …").click()
    secret = account.card(CARD).locator("code")
    return App((await secret.inner_text()).replace(" ", ""))


async def confirm(account: Account, code: str) -> list[str]:
    """The recovery codes."""
    await account.page.get_by_label("Code", exact=True).fill(code)
    await account.button("Switch it on").click()
    await expect(account.page.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    codes: list[str] = await account.card(CARD).locator("ol code").all_inner_texts()
    return codes


async def keep(account: Account) -> None:
    await account.page.get_by_label("I have kept them").check()
    await account.button("Show them no more").click()


async def sign_in_again(account: Account, code: str) -> None:
    page = account.page
    await account.button("Sign out").click()
    await sign_in(page, account.person)
    await page.get_by_label("Code", exact=True).fill(code)
    await account.button("Sign in").click()
    await expect(page.get_by_role("heading", name=CARD)).to_be_visible()


async def prove(account: Account, code: str, submit: str) -> None:
    await account.page.get_by_label("Code", exact=True).fill(code)
    await account.button(submit).click()


async def test_it_is_set_up_asked_for_and_switched_off(account):
    card = account.card(CARD)
    await expect(card).to_contain_text("It is off.")
    app = await begin(account)
    title = account.page.get_by_role("heading", name="Tell your authenticator app")
    await expect(title).to_be_focused()
    await expect(card.get_by_role("img", name="QR code")).to_be_visible()
    link = card.get_by_role("link", name="Open in an app on this device")
    assert (await link.get_attribute("href") or "").startswith("otpauth://totp/")

    codes = await confirm(account, app.code())
    assert len(set(codes)) == 10
    await expect(account.button("Show them no more")).to_be_disabled()
    await keep(account)
    await expect(account.page.get_by_role("heading", name=CARD)).to_be_focused()
    await expect(card.get_by_role("definition").last).to_have_text("10")
    assert codes[0] not in await account.page.content()

    await sign_in_again(account, app.code())
    await sign_in_again(account, codes[0])
    await expect(card.get_by_role("definition").last).to_have_text("9")

    await account.button("Switch it off …").click()
    await prove(account, codes[1], "Switch it off")
    await expect(card).to_contain_text("It is off.")
    await expect(account.page.get_by_role("heading", name=CARD)).to_be_focused()
    events = account.card("Events").get_by_role("listitem")
    await expect(events.first).to_contain_text("The second factor was switched off.")

    await account.button("Sign out").click()
    await sign_in(account.page, account.person)
    await expect(card).to_contain_text("It is off.")


async def test_a_code_that_does_not_fit_is_told_beside_its_field(account):
    app = await begin(account)
    field = account.page.get_by_label("Code", exact=True)
    for code, sentence in (("000000", "This code is not right"), ("", "")):
        await field.fill(code)
        await account.button("Switch it on").click()
        await expect(account.page.get_by_role("alert")).to_contain_text(sentence)
        await expect(field).to_be_focused()
        await expect(field).to_have_attribute("aria-invalid", "true")
    await confirm(account, app.code())


async def test_nothing_is_on_before_it_is_confirmed(account):
    await begin(account)
    await account.button("Not now").click()
    await expect(account.page.get_by_role("heading", name=CARD)).to_be_focused()
    await expect(account.card(CARD)).to_contain_text("It is off.")
    await expect(account.card(CARD).locator("code")).to_have_count(0)
    await account.button("Sign out").click()
    await sign_in(account.page, account.person)
    await expect(account.card(CARD)).to_contain_text("It is off.")


async def test_new_recovery_codes_take_the_place_of_the_old_ones(account):
    app = await begin(account)
    old = await confirm(account, app.code())
    await keep(account)
    await account.forget_passwords()

    await account.button("New recovery codes …").click()
    await prove(account, app.code(), "Make new codes")
    password = account.card(CARD).get_by_label("Your password")
    await expect(password).to_be_focused()
    await expect(account.page.get_by_role("alert")).to_contain_text("Give your password once more")
    await password.fill("wrong horse")
    await account.button("Make new codes").click()
    await expect(account.page.get_by_role("alert")).to_have_text("Invalid email or password.")
    await expect(password).to_be_focused()
    await password.fill(account.person.password)
    await account.button("Make new codes").click()

    new = account.card(CARD).locator("ol code")
    await expect(new).to_have_count(10)
    assert not {*old} & {*await new.all_inner_texts()}


async def test_the_password_is_asked_for_where_the_gateway_wants_it(account):
    await account.forget_passwords()
    await account.button("Set it up …").click()
    card = account.card(CARD)
    await card.get_by_label("Your password").fill(account.person.password)
    await account.button("Go on").click()
    await expect(card.locator("code")).to_be_visible()


async def test_recovery_codes_leave_by_the_clipboard_and_as_a_file(account):
    await account.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    app = await begin(account)
    await account.button("Copy the secret").click()
    await expect(account.card(CARD).get_by_role("status")).to_have_text("Copied.")
    codes = await confirm(account, app.code())

    await account.button("Copy the codes").click()
    await expect(account.card(CARD).get_by_role("status")).to_have_text("Copied.")
    assert await account.page.evaluate("navigator.clipboard.readText()") == "\n".join(codes)

    async with account.page.expect_download() as saved:
        await account.button("Download as text").click()
    download = await saved.value
    assert download.suggested_filename == "recovery-codes.txt"
    text = (await download.path()).read_text()
    assert text.splitlines()[2:] == codes
    assert text.startswith(f"Recovery codes of {account.person.email} at ")


@pytest.mark.parametrize("leaves", ["Your recovery codes", "Tell your authenticator app"])
async def test_what_is_shown_once_is_gone_when_the_page_was_left(account, leaves):
    app = await begin(account)
    if leaves == "Your recovery codes":
        await confirm(account, app.code())
    await account.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    await expect(account.page.get_by_role("heading", name=leaves)).to_have_count(0)
    await expect(account.card(CARD).locator("code")).to_have_count(0)
