"""Signing in on the page with another account: the button, and coming back."""

from dependency_injector import providers
from playwright.async_api import expect

from adapters.fake.accounts.identity_provider import ScriptedIdentityProvider
from domain.accounts.identities import HandOver
from tests.integration.browser.acts import come_back


async def test_the_button_is_there_where_the_operator_has_a_provider(stage, open_page):
    async with await open_page(stage.url) as page:
        await page.get_by_role("heading", name="Sign in").wait_for()
        await expect(page.get_by_role("link", name="Sign in with")).to_have_count(0)

        stage.container.identity_provider.override(providers.Object(ScriptedIdentityProvider()))
        await page.reload()
        button = page.get_by_role("link", name="Sign in with Example")
        await expect(button).to_have_attribute("href", "/auth/oidc/start")


async def test_whoever_comes_back_is_signed_in_and_the_address_is_clean(stage, open_page):
    person = await stage.linked()
    container = stage.container
    claims = container.check_access().read(person.token)
    waiting = HandOver(
        user_id=claims.user_id,
        binding="of this browser",
        begun_at=container.clock().now(),
        is_fresh=True,
    )
    await container.hand_overs().add("once", waiting)
    async with await open_page(stage.url) as page:
        cookie = {"name": "emporia_oidc_binding", "value": "of this browser"}
        await page.context.add_cookies([{**cookie, "url": f"{stage.url}/auth/oidc/token"}])
        await page.goto("about:blank")
        await page.goto(f"{stage.url}/#/oidc?code=once")
        await page.get_by_test_id("instant").wait_for()
        assert "once" not in page.url


async def test_a_failure_is_told_and_signs_nobody_out(stage, open_page):
    person = await stage.linked()
    async with await open_page(stage.url) as page:
        await page.goto("about:blank")
        await page.goto(f"{stage.url}/#/oidc?error=email_taken")
        await expect(page.get_by_role("status")).to_contain_text("has your email already")

        await come_back(page, person)
        await page.goto("about:blank")
        await page.goto(f"{stage.url}/#/oidc?error=email_taken")
        await page.get_by_test_id("instant").wait_for()
