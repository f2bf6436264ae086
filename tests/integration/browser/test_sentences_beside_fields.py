"""What the gateway refuses is said in its own words, beside the field that it is about."""

import re

from playwright.async_api import Page, expect

INCOMPLETE = "Email and password are required."
NO_ADDRESS = "The email is not a valid address; name@example.com is."
TOO_SHORT = "The password must have 8 to 1024 characters."
TAKEN = "User with this email already exists."
WRONG = "Invalid email or password."

EMPORIA_EMAIL, EMPORIA_PASSWORD = "Email of your Emporia account", "Its password"

ADVICE = (
    "Whoever signs in at Emporia with Google or Apple has no password there yet: "
    "“Forgot password” in Emporia's app makes one, for the same email."
)


async def send(page: Page, button: str, fields: dict[str, str]) -> None:
    """Fill the fields of these labels, and send the form."""
    for label, value in fields.items():
        await page.get_by_label(label).fill(value)
    await page.get_by_role("button", name=button, exact=True).click()


async def expect_complaint(page: Page, field: str, sentence: str) -> None:
    """It stands beside this field and no other, where the person is led and hears it."""
    await expect(page.get_by_role("alert")).to_have_text([sentence])
    await expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    wrong = page.get_by_label(field)
    await expect(wrong).to_be_focused()
    await expect(wrong).to_have_attribute("aria-invalid", "true")
    await expect(wrong).to_have_accessible_description(re.compile(f"{re.escape(sentence)}$"))


async def sign_up(page: Page, *, email: str, password: str) -> None:
    await send(page, "Create account", {"Email": email, "Password": password})


async def sign_in(page: Page, *, email: str, password: str) -> None:
    await send(page, "Sign in", {"Email": email, "Password": password})


async def link(page: Page, *, email: str, password: str) -> None:
    await send(page, "Link account", {EMPORIA_EMAIL: email, EMPORIA_PASSWORD: password})


async def test_signing_up(page, stage):
    person = await stage.sign_up()
    await page.get_by_role("button", name="Create an account").click()

    await sign_up(page, email="", password="")
    await expect_complaint(page, "Email", INCOMPLETE)
    await sign_up(page, email="ada@example.com", password="")
    await expect_complaint(page, "Password", INCOMPLETE)
    await sign_up(page, email="ada", password="correct horse")
    await expect_complaint(page, "Email", NO_ADDRESS)
    await sign_up(page, email="ada@example.com", password="short")
    await expect_complaint(page, "Password", TOO_SHORT)
    await sign_up(page, email=person.email.upper(), password="correct horse")
    await expect_complaint(page, "Email", TAKEN)

    await sign_up(page, email="ada@example.com", password="correct horse")
    await expect(page.get_by_role("heading", name="Emporia account")).to_be_visible()


async def test_signing_in(page, stage):
    person = await stage.sign_up()

    await sign_in(page, email="", password="correct horse")
    await expect_complaint(page, "Email", INCOMPLETE)
    await sign_in(page, email="nobody@example.com", password="correct horse")
    await expect_complaint(page, "Password", WRONG)
    await sign_in(page, email=person.email, password="wrong horse")
    await expect_complaint(page, "Password", WRONG)

    await sign_in(page, email=person.email, password=person.password)
    await expect(page.get_by_role("heading", name="Emporia account")).to_be_visible()


async def test_linking(page, stage):
    person = await stage.sign_up()
    await sign_in(page, email=person.email, password=person.password)

    await link(page, email="home@example.com", password="")
    await expect_complaint(page, EMPORIA_PASSWORD, "Missing required credentials")
    await link(page, email="home@example.com", password="wrong")
    await expect_complaint(page, EMPORIA_PASSWORD, f"Emporia authentication failed. {ADVICE}")
    await link(page, email="reset@example.com", password="reset-password")
    await expect_complaint(
        page, EMPORIA_EMAIL, "Emporia requires a password reset for this account."
    )

    await link(page, email="home@example.com", password="emporia-password")
    await expect(page.get_by_test_id("home-watts")).to_be_visible()


async def test_linking_what_was_never_confirmed(page, stage):
    person = await stage.sign_up()
    await sign_in(page, email=person.email, password=person.password)

    await link(page, email="unconfirmed@example.com", password="unconfirmed-password")
    await expect_complaint(page, EMPORIA_EMAIL, "This Emporia account is not confirmed yet.")


async def test_an_outage_never_reads_as_a_wrong_password(page, stage, faults):
    person = await stage.sign_up()
    await sign_in(page, email=person.email, password=person.password)
    faults.expect("^answer 503: POST .*/emporia-auth$")
    await stage.fault(kind="maintenance", route="user-pool")

    await link(page, email="home@example.com", password="emporia-password")
    await expect(page.get_by_role("alert")).to_have_text(
        "Emporia's cloud is not available right now."
    )
    await expect(page.locator("[aria-invalid=true]")).to_have_count(0)
    await expect(page.get_by_role("button", name="Link account")).to_be_focused()
