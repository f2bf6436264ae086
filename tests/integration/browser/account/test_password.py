"""Another password, on the page: what it ends, what goes on, and what may be wrong."""

from playwright.async_api import expect

NEW = "incorrect zebra"
OLD_FIELD, NEW_FIELD = "Current password", "New password"


async def change(account, *, old: str, new: str) -> None:
    await account.page.get_by_label(OLD_FIELD).fill(old)
    await account.page.get_by_label(NEW_FIELD).fill(new)
    await account.button("Change my password").click()


async def test_another_password_ends_other_sessions_and_no_key(account):
    secret = await account.make_key("kitchen display")
    await account.button("I have it").click()
    await account.button("Change password …").click()
    card = account.card("Password")
    await expect(card).to_contain_text("All other sessions are signed out then.")
    await expect(card.get_by_role("listitem")).to_have_text(["kitchen display"])

    await change(account, old=account.person.password, new=NEW)

    said = card.get_by_role("status")
    await expect(said).to_have_text("The password is changed. All other sessions are signed out.")
    await expect(said).to_be_focused()
    await expect(card.get_by_role("listitem")).to_have_text(["kitchen display"])
    await expect(account.sessions).to_have_count(1)
    assert await account.status_of(account.person.token) == 401
    assert await account.status_of(secret, "/devices") == 200
    body = {"email": account.person.email, "password": NEW}
    assert (await account.stage.client.post("/login", json=body)).status_code == 200


async def test_what_is_wrong_is_told_beside_its_field(account):
    await account.button("Change password …").click()
    for old, new, field, sentence in (
        ("", "", OLD_FIELD, "Give both: the current one, and the new one."),
        ("wrong horse", NEW, OLD_FIELD, "Invalid email or password."),
        (
            account.person.password,
            "short",
            NEW_FIELD,
            "The password must have 8 to 1024 characters.",
        ),
    ):
        await change(account, old=old, new=new)
        wrong = account.page.get_by_label(field)
        await expect(account.page.get_by_role("alert")).to_have_text([sentence])
        await expect(wrong).to_be_focused()
        await expect(wrong).to_have_attribute("aria-invalid", "true")

    await account.button("Keep the password").click()
    await expect(account.page.get_by_label(OLD_FIELD)).to_have_count(0)
    assert await account.status_of(account.person.token) == 200
