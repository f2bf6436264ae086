"""The ways out: signing out, unlinking, moving to another home, and leaving for good."""

from playwright.async_api import Page, expect

from tests.integration.browser.acts import sign_in

TOKEN = "JSON.parse(sessionStorage.getItem('emporia-energy-token')).token"
KEPT = "sessionStorage.length + localStorage.length"


async def open_account(page, person) -> None:
    await sign_in(page, person)
    await page.get_by_role("link", name="Account", exact=True).click()
    await page.get_by_role("button", name="Unlink").wait_for()


async def link(page: Page, email: str, password: str) -> None:
    await page.get_by_label("Email of your Emporia account").fill(email)
    await page.get_by_label("Its password").fill(password)
    await page.get_by_role("button", name="Link account").click()


async def test_signing_out_ends_the_token_at_the_gateway_too(page, stage):
    await open_account(page, await stage.linked())
    token = await page.evaluate(TOKEN)

    async with page.expect_response("**/logout") as told:
        await page.get_by_role("button", name="Sign out").click()

    assert (await told.value).status == 204
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await page.evaluate(KEPT) == 0
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await stage.client.get("/me", headers=bearer)).status_code == 401


async def test_who_can_t_tell_the_gateway_is_signed_out_here_and_learns_it(page, stage, faults):
    await open_account(page, await stage.linked())
    faults.expect("^failed request: POST .*/logout")
    await page.route("**/logout", lambda route: route.abort("connectionrefused"))

    await page.get_by_role("button", name="Sign out").click()

    await expect(page.get_by_role("status")).to_have_text(
        "You are signed out in this browser, but the gateway could not be told: "
        "The gateway can't be reached."
    )
    assert await page.evaluate(KEPT) == 0


async def test_unlinking_ends_the_stream_and_asks_for_another_link(page, stage):
    person = await stage.linked()
    async with page.expect_websocket() as opened:
        await open_account(page, person)
    stream = await opened.value

    async with stream.expect_event("close"):
        await page.get_by_role("button", name="Unlink").click()
        await page.get_by_role("button", name="Yes, unlink").click()

    await expect(page.get_by_role("button", name="Link account")).to_be_visible()
    profile = await stage.get("/me", person)
    assert profile.json()["user"]["emporiaUsername"] is None


async def test_linking_another_account_moves_the_page_to_the_other_home(page, stage):
    await sign_in(page, await stage.linked())
    await page.get_by_role("rowheader", name="EV Charger").wait_for()
    await page.get_by_role("link", name="Account", exact=True).click()
    await page.get_by_role("button", name="Link again or another").click()

    await link(page, "solar@example.com", "solar-password")

    await expect(page.get_by_role("paragraph").filter(has_text="Linked")).to_have_text(
        "Linked: solar@example.com"
    )
    await page.get_by_role("link", name="Now", exact=True).click()
    await expect(page.get_by_role("rowheader", name="3D Printer")).to_be_visible()
    await expect(page.get_by_role("rowheader", name="EV Charger")).to_have_count(0)


async def test_the_wrong_password_does_not_delete_the_account(page, stage):
    person = await stage.linked()
    await open_account(page, person)
    await page.get_by_role("button", name="Delete account").click()
    await page.get_by_label("Your password").fill("wrong horse")
    await page.get_by_role("button", name="Delete my account for good").click()

    wrong = page.get_by_label("Your password")
    await expect(wrong).to_be_focused()
    await expect(wrong).to_have_accessible_description("Invalid email or password.")
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("button", name="Delete account")).to_be_visible()
    assert (await stage.get("/me", person)).status_code == 200


async def test_who_deletes_the_account_is_gone(page, stage):
    person = await stage.linked()
    await open_account(page, person)
    await page.get_by_role("button", name="Delete account").click()
    await page.get_by_label("Your password").fill(person.password)
    await page.get_by_role("button", name="Delete my account for good").click()

    await expect(page.get_by_role("status")).to_have_text("The account is deleted.")
    assert await page.evaluate(KEPT) == 0
    await sign_in(page, person)
    await expect(page.get_by_role("alert")).to_have_text("Invalid email or password.")


async def test_an_account_that_is_deleted_elsewhere_says_so(page, stage):
    person = await stage.linked()
    await sign_in(page, person)
    await page.get_by_test_id("home-watts").wait_for()

    await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )

    await expect(page.get_by_role("status")).to_have_text("User not found.")
