"""Where the token lives: in the tab, or in the browser for whoever asked to stay signed in."""

from playwright.async_api import Page, expect

KEPT_IN = "kind => JSON.parse(window[kind].getItem('emporia-energy-token'))?.token"


async def give_credentials(page: Page, person, *, stay: bool) -> None:
    await page.get_by_label("Email").fill(person.email)
    await page.get_by_label("Password").fill(person.password)
    await page.get_by_label("Stay signed in").set_checked(stay)
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def sign_in(page: Page, person, *, stay: bool) -> None:
    await give_credentials(page, person, stay=stay)
    await page.get_by_test_id("home-watts").wait_for()


async def open_tab(page: Page) -> Page:
    """Another tab of the same browser, at the same page."""
    tab = await page.context.new_page()
    await tab.goto(page.url)
    return tab


async def test_without_a_tick_the_token_lives_in_this_tab_alone(page, stage):
    await sign_in(page, await stage.linked(), stay=False)
    tab = await open_tab(page)

    assert await page.evaluate(KEPT_IN, "sessionStorage")
    assert await page.evaluate(KEPT_IN, "localStorage") is None
    await expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_without_a_tick_a_reload_stays_signed_in(page, stage):
    await sign_in(page, await stage.linked(), stay=False)
    await page.reload()

    await expect(page.get_by_test_id("home-watts")).to_be_visible()


async def test_with_a_tick_another_tab_is_signed_in_too(page, stage):
    await sign_in(page, await stage.linked(), stay=True)
    tab = await open_tab(page)

    await expect(tab.get_by_test_id("home-watts")).to_be_visible()
    assert await page.evaluate(KEPT_IN, "localStorage")
    assert await page.evaluate(KEPT_IN, "sessionStorage") is None


async def test_with_a_tick_the_browser_is_signed_in_when_it_is_opened_again(page, stage, open_page):
    await sign_in(page, await stage.linked(), stay=True)
    left = await page.context.storage_state()
    await page.context.close()

    again = await open_page(stage.url, storage_state=left)

    await expect(again.get_by_test_id("home-watts")).to_be_visible()


async def test_a_sign_out_signs_the_other_tabs_out_along(page, stage):
    await sign_in(page, await stage.linked(), stay=True)
    tab = await open_tab(page)
    await tab.get_by_test_id("home-watts").wait_for()

    await page.get_by_role("link", name="Account", exact=True).click()
    await page.get_by_role("button", name="Sign out").click()

    await expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_sign_in_signs_the_other_tabs_in_along(page, stage):
    tab = await open_tab(page)
    await sign_in(page, await stage.linked(), stay=True)

    await expect(tab.get_by_test_id("home-watts")).to_be_visible()


async def test_somebody_else_s_sign_in_leaves_nothing_of_the_former_person_in_other_tabs(
    page, stage
):
    grace = await stage.sign_up("grace@example.com")
    await stage.link(grace, "solar@example.com", "solar-password")
    await sign_in(page, grace, stay=False)
    tab = await open_tab(page)
    await sign_in(tab, await stage.linked("ada@example.com"), stay=True)
    await tab.get_by_role("rowheader", name="EV Charger").wait_for()
    await tab.get_by_role("link", name="Account", exact=True).click()
    await expect(tab.get_by_text("ada@example.com", exact=True)).to_be_visible()

    await page.get_by_role("link", name="Account", exact=True).click()
    await page.get_by_role("button", name="Sign out").click()
    await give_credentials(page, grace, stay=True)

    await expect(tab.get_by_text("grace@example.com", exact=True)).to_be_visible()
    await expect(tab.get_by_text("Linked: solar@example.com")).to_be_visible()
    await tab.get_by_role("link", name="Now", exact=True).click()
    await expect(tab.get_by_role("rowheader", name="3D Printer")).to_be_visible()
    await expect(tab.get_by_role("rowheader", name="EV Charger")).to_have_count(0)


async def test_what_is_no_token_is_as_good_as_none(stage, open_page):
    odd = [{"name": "emporia-energy-token", "value": '{"token": 1}'}]
    page = await open_page(
        stage.url, storage_state={"origins": [{"origin": stage.url, "localStorage": odd}]}
    )

    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
