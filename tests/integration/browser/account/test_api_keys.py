"""API keys on the page: made, limited by ticking, shown once, revoked."""

import re

from playwright.async_api import expect

from tests.integration.browser.account.conftest import open_account

STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, history.state])"


async def test_a_key_for_one_circuit_sees_it_alone_until_it_is_revoked(account):
    await account.ask_for_a_key("fridge watch")
    await account.page.get_by_role("radio", name="Only what you tick").check()
    await account.page.get_by_role("checkbox", name="Fridge").check()
    await expect(account.page.get_by_text("It sees Fridge, and nothing else.")).to_be_visible()
    await account.button("Make the key").click()
    secret = await account.secret.inner_text()

    bearer = {"Authorization": f"Bearer {secret}"}
    seen = (await account.stage.client.get("/devices", headers=bearer)).json()
    channels = [channel for device in seen["devices"] for channel in device["channels"]]
    assert [channel["name"] for channel in channels] == ["Fridge"]
    hidden = await account.stage.client.get(
        "/devices/1001/history",
        headers=bearer,
        params={
            "channels": "1,2,3",
            "start": "2025-01-01",
            "end": "2025-01-02",
            "scale": "1H",
            "energyUnit": "KilowattHours",
        },
    )
    assert hidden.status_code in {400, 404}

    row = account.key("fridge watch")
    await expect(row).to_contain_text(secret[:12])
    await expect(row).to_contain_text("SeesFridge")
    await row.get_by_role("button", name="Revoke …").click()
    await row.get_by_role("button", name="Yes, revoke it").click()
    await expect(row).to_have_count(0)
    await expect(account.page.get_by_text("There are none.")).to_be_visible()
    assert await account.status_of(secret, "/devices") == 401


async def test_the_secret_is_copied_and_kept_nowhere(stage, open_page):
    person = await stage.linked()
    page = await open_page(stage.url, permissions=["clipboard-read", "clipboard-write"])
    await open_account(page, person)
    await page.get_by_role("button", name="Make a key …").click()
    await page.get_by_label("Name", exact=True).fill("display")
    await page.get_by_role("button", name="Make the key").click()
    secret = await page.locator("code").inner_text()
    assert re.fullmatch(r"eea_[0-9A-Za-z]{38}", secret)

    await page.get_by_role("button", name="Copy the key").click()
    await expect(page.get_by_text("Copied.")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == secret
    assert secret not in await page.evaluate(STORED)

    await page.get_by_role("link", name="Home", exact=True).click()
    await page.get_by_role("link", name="Account", exact=True).click()
    await expect(page.get_by_role("heading", name="display")).to_be_visible()
    assert secret not in await page.content()


async def test_over_plain_http_the_secret_is_copied_too(account):
    await account.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
    )
    secret = await account.make_key("display")
    await account.page.evaluate(
        "document.addEventListener('copy', () => { window.copied = `${getSelection()}`; })"
    )
    await account.button("Copy the key").click()

    await expect(account.page.get_by_text("Copied.")).to_be_visible()
    assert await account.page.evaluate("window.copied") == secret


async def test_a_page_that_is_kept_when_it_is_left_keeps_no_secret(account):
    secret = await account.make_key("display")
    await account.page.evaluate("window.dispatchEvent(new Event('pagehide'))")

    await expect(account.secret).to_have_count(0)
    assert secret not in await account.page.content()


async def test_the_password_is_asked_for_where_it_was_given_long_ago(account):
    await account.forget_passwords()
    await account.ask_for_a_key("display")
    await account.page.get_by_role("checkbox", name="Stream").check()
    await account.button("Make the key").click()
    password = account.page.get_by_label("Your password", exact=True)
    await expect(password).to_be_visible()

    await account.button("Back").click()
    await expect(account.page.get_by_role("checkbox", name="Stream")).to_be_checked()
    await account.button("Make the key").click()
    await password.fill("wrong horse")
    await account.button("Make the key").click()
    await expect(password).to_be_focused()
    await expect(password).to_have_accessible_description("Invalid email or password.")
    await password.fill(account.person.password)
    await account.button("Make the key").click()

    await expect(account.secret).to_be_visible()
    await expect(account.key("display")).to_contain_text("Read, Stream")


async def test_who_comes_from_the_operator_s_provider_can_prove_it_there(account):
    await account.page.route("**/auth/oidc", lambda route: route.fulfill(json={"name": "Example"}))
    await account.forget_passwords()
    await account.ask_for_a_key("display")
    await account.button("Make the key").click()

    way = account.page.get_by_role("link", name="sign in with Example once more")
    await expect(way).to_have_attribute("href", "/auth/oidc/start?fresh=true")


async def test_what_is_missing_is_told_beside_its_field(account):
    await account.button("Make a key …").click()
    name = account.card("API keys").get_by_label("Name", exact=True)
    read = account.page.get_by_role("checkbox", name="Read")
    ticked = account.page.get_by_role("radio", name="Only what you tick")
    last_day = account.page.get_by_label("Last day")
    alert = account.card("API keys").get_by_role("alert")

    async def expect_complaint(field, sentence):
        await account.button("Make the key").click()
        await expect(alert).to_have_text([sentence])
        await expect(field).to_be_focused()
        await expect(field).to_have_attribute("aria-invalid", "true")
        await expect(field).to_have_accessible_description(re.compile(re.escape(sentence)))

    await expect_complaint(name, "Give it a name, so that you know it later.")
    await name.fill("display")
    await read.uncheck()
    await expect_complaint(read, "Tick at least one.")
    await read.check()
    await ticked.check()
    await expect_complaint(ticked, "Tick at least one device or circuit.")
    await account.page.get_by_role("radio", name="All that you see").check()
    await last_day.fill("2020-02-29")
    await expect_complaint(last_day, "This day is over: choose one to come, or none.")
    await last_day.fill("2099-12-30")
    await account.button("Make the key").click()
    await expect(account.key("display")).to_contain_text("Dec 31, 2099, 12:00 AM")


async def test_a_device_comes_with_what_hangs_on_it_and_is_found_by_name(account):
    await account.ask_for_a_key("panel")
    await account.page.get_by_role("radio", name="Only what you tick").check()
    found = account.page.locator(".limit-ticks").get_by_role("checkbox")
    everything = await found.count()
    await account.page.get_by_label("Find a device or circuit").fill("heat")
    assert 0 < await found.count() < everything
    await account.page.get_by_label("Find a device or circuit").fill("")

    await found.first.check()
    await expect(account.page.get_by_role("checkbox", name="Fridge")).to_be_checked()
    await expect(account.page.get_by_role("checkbox", name="Fridge")).to_be_disabled()
    await account.button("Make the key").click()

    secret = await account.secret.inner_text()
    bearer = {"Authorization": f"Bearer {secret}"}
    seen = (await account.stage.client.get("/devices", headers=bearer)).json()
    assert len(seen["devices"]) > 1


async def test_the_mains_alone_can_be_ticked(account):
    await account.ask_for_a_key("meter")
    await account.page.get_by_role("radio", name="Only what you tick").check()
    await account.page.get_by_role("checkbox", name="Mains").first.check()
    await account.button("Make the key").click()

    await expect(account.secret).to_be_visible()
    await expect(account.key("meter")).to_contain_text("SeesMains of")


async def test_what_was_revoked_elsewhere_is_as_good_as_revoked(account):
    await account.make_key("display")
    (key,) = (await account.stage.get("/me/keys", account.person)).json()["keys"]
    await account.stage.client.delete(f"/me/keys/{key['id']}", headers=account.person.bearer)
    await account.key("display").get_by_role("button", name="Revoke …").click()
    await account.button("Yes, revoke it").click()

    await expect(account.key("display")).to_have_count(0)
    await expect(account.page.get_by_role("alert")).to_have_count(0)


async def test_what_the_gateway_refuses_is_told_in_its_words(account):
    await account.ask_for_a_key("new\N{ZERO WIDTH SPACE}line")
    await account.button("Make the key").click()

    await expect(account.card("API keys").get_by_role("alert")).to_have_text(
        "name: give 1 to 64 characters that can be printed."
    )
    await expect(account.button("Make the key")).to_be_focused()


async def test_who_has_no_home_yet_makes_keys_without_limits(stage, page):
    person = await stage.sign_up()
    await page.get_by_label("Email").fill(person.email)
    await page.get_by_label("Password").fill(person.password)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await page.get_by_role("button", name="Make a key …").click()

    await expect(page.get_by_role("radio", name="Only what you tick")).to_be_disabled()
    await expect(
        page.get_by_text("To tick some of your devices, link an Emporia account first.")
    ).to_be_visible()
    await page.get_by_label("Name", exact=True).fill("later")
    await page.get_by_role("button", name="Make the key").click()
    await expect(page.locator("code")).to_be_visible()
