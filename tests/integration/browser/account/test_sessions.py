"""Sessions on the page: where somebody is signed in, and ending that."""

from playwright.async_api import expect


async def test_each_login_is_told_and_the_page_s_own_stands_first(account):
    await expect(account.sessions).to_have_count(2)
    own, other = account.sessions.first, account.sessions.last

    await expect(own).to_contain_text("Chrome")
    await expect(own).to_contain_text("This one")
    await expect(own.get_by_role("button")).to_have_count(0)
    await expect(other).to_contain_text("127.0.0.0/24")
    await expect(other.get_by_text("Signed in")).to_be_visible()
    await expect(other.get_by_text("Last used")).to_be_visible()


async def test_one_is_ended_after_a_question(account):
    other = account.sessions.last
    end = other.get_by_role("button", name="End …")
    await end.click()
    await other.get_by_role("button", name="Keep it").click()
    await expect(end).to_be_focused()
    assert await account.status_of(account.person.token) == 200

    await end.click()
    await other.get_by_role("button", name="Yes, end it").click()

    await expect(account.sessions).to_have_count(1)
    assert await account.status_of(account.person.token) == 401
    await expect(account.page.get_by_role("heading", name="Sessions")).to_be_focused()


async def test_all_others_are_ended_and_the_page_goes_on(account):
    token = await account.stage.log_in(account.person.email)
    await account.button("End all others …").click()
    await account.button("Yes, end them").click()

    await expect(account.sessions).to_have_count(1)
    await expect(account.button("End all others …")).to_have_count(0)
    assert await account.status_of(token) == 401
    await account.page.get_by_role("link", name="Home", exact=True).click()
    await expect(account.page.get_by_role("heading", name="Devices")).to_be_visible()


async def test_what_is_over_meanwhile_is_as_good_as_ended(account):
    await account.stage.client.post("/logout", headers=account.person.bearer)
    await account.sessions.last.get_by_role("button", name="End …").click()
    await account.button("Yes, end it").click()

    await expect(account.sessions).to_have_count(1)
    await expect(account.page.get_by_role("alert")).to_have_count(0)


async def test_whose_session_is_ended_elsewhere_is_told_and_signs_in_again(account):
    await account.stage.client.delete("/me/sessions", headers=account.person.bearer)

    await expect(account.page.get_by_role("status")).to_have_text(
        "Your sign-in has ended. Please sign in again."
    )
    await expect(account.page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_who_looks_again_sees_what_is_so_now(account):
    await account.stage.log_in(account.person.email)
    await expect(account.sessions).to_have_count(2)

    await account.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    await expect(account.sessions).to_have_count(3)


async def test_a_long_list_is_folded(account):
    for _ in range(5):
        await account.stage.log_in(account.person.email)
    await account.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    await account.button("Show all 7 sessions").click()
    await expect(account.sessions).to_have_count(7)
    await account.button("Show 5 sessions").click()
    await expect(account.sessions).to_have_count(5)


async def test_what_can_not_be_had_is_told_and_breaks_nothing_else(account, faults):
    faults.expect("^failed request: GET .*/me/sessions ")
    await account.page.route("**/me/sessions", lambda route: route.abort("connectionrefused"))
    await account.page.get_by_role("link", name="Home", exact=True).click()
    await account.page.get_by_role("link", name="Account", exact=True).click()

    complaint = account.card("Sessions").get_by_role("alert")
    await expect(complaint).to_have_text("The gateway can't be reached.")
    await expect(account.button("Make a key …")).to_be_visible()
    await expect(account.button("Delete account …")).to_be_visible()
