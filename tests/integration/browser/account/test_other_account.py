"""Signing in with the provider's account, and joining it, through a provider that others wrote."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from dependency_injector import providers
from playwright.async_api import Page, expect

from adapters.openid.documents import Documents
from adapters.openid.provider import HttpxIdentityProvider
from tests.integration.browser.account.conftest import Account
from tests.integration.browser.acts import sign_in
from tests.integration.browser.loop import in_browsers_loop
from tests.integration.openid.provider_from_npm import started_provider

NAME = "Example"


@pytest.fixture
def issuer(stage: Any) -> Iterator[str]:
    """The provider, which the gateway believes."""
    with started_provider(stage.url) as running:
        container = stage.container
        documents = Documents()
        container.resources().push_async_callback(documents.aclose)
        vouching = HttpxIdentityProvider(
            documents,
            issuer=running,
            client_id="gateway",
            client_secret="secret of the gateway",
            name=NAME,
            wants_email=False,
            clock=container.clock(),
        )
        container.identity_provider.override(providers.Object(vouching))
        yield running


@in_browsers_loop
async def page(stage: Any, open_page: Any, faults: Any, issuer: str) -> Page:
    """The page, from which the browser may go to the provider; its fonts are nobody's business."""
    faults.expect(f"^other host: {re.escape(issuer)}", "fonts.googleapis.com", "/favicon.ico")
    opened: Page = await open_page(stage.url)
    await opened.context.route("https://fonts.googleapis.com/**", lambda route: route.abort())
    return opened


async def vouch(page: Page, name: str) -> None:
    """Sign in at the provider, and agree to come back."""
    await page.get_by_placeholder("Enter any login").fill(name)
    await page.get_by_placeholder("and password").fill("any")
    await page.get_by_role("button", name="Sign-in").click()
    await page.get_by_role("button", name="Continue").click()


async def join(account: Account, name: str) -> None:
    await account.button("Join mine …").click()
    await vouch(account.page, name)


async def test_it_is_joined_signed_in_with_and_parted(account, issuer):
    page, card = account.page, account.card(NAME)
    await expect(card).to_contain_text("None is joined to this one.")
    await join(account, "grace")

    said = card.get_by_role("status")
    await expect(said).to_have_text("It is joined: from now on you can sign in with it.")
    await expect(said).to_be_focused()
    await expect(card).to_contain_text(issuer)
    assert page.url == f"{account.stage.url}/#/account"
    await page.reload()
    await expect(card).to_contain_text(issuer)
    await expect(said).to_have_count(0)

    await account.button("Sign out").click()
    await page.get_by_role("link", name=f"Sign in with {NAME}").click()
    await page.get_by_test_id("instant").wait_for()
    await page.get_by_role("link", name="Account", exact=True).click()
    await expect(page.get_by_text(account.person.email)).to_be_visible()

    await account.button("Part it …").click()
    await account.button("Yes, part it").click()
    await card.get_by_label("Your password").fill(account.person.password)
    again = card.get_by_role("link", name=f"sign in with {NAME} once more")
    await expect(again).to_have_attribute("href", "/auth/oidc/start?fresh=true")
    await account.button("Part it").click()
    await expect(card).to_contain_text("None is joined to this one.")
    await expect(page.get_by_role("heading", name=NAME)).to_be_focused()

    await account.button("Sign out").click()
    await page.get_by_role("link", name=f"Sign in with {NAME}").click()
    await expect(page.get_by_role("status")).to_contain_text("No account here belongs to this")


async def test_a_joining_that_fails_is_told_where_it_was_begun(account):
    await join(account, "grace")
    await expect(account.card(NAME)).to_contain_text("It is joined")
    await account.button("Sign out").click()

    another = await account.stage.linked()
    await sign_in(account.page, another)
    await account.page.get_by_role("link", name="Account", exact=True).click()
    await account.button("Join mine …").click()
    card = account.card(NAME)
    await expect(card.get_by_role("status")).to_contain_text("belongs to an account already")
    await expect(card).to_contain_text("None is joined to this one.")
    await expect(account.page.get_by_text(another.email)).to_be_visible()


async def test_whoever_gave_the_password_long_ago_gives_it_again_to_join(account):
    await account.forget_passwords()
    await account.button("Join mine …").click()
    card = account.card(NAME)
    await card.get_by_label("Your password").fill("wrong horse")
    await account.button(f"Go on to {NAME}").click()
    await expect(card.get_by_role("alert")).to_have_text("Invalid email or password.")
    await card.get_by_label("Your password").fill(account.person.password)
    await account.button(f"Go on to {NAME}").click()
    await vouch(account.page, "grace")
    await expect(card).to_contain_text("It is joined")


async def test_without_a_provider_there_is_no_such_card(account):
    account.stage.container.identity_provider.reset_override()
    await account.page.reload()
    await expect(account.page.get_by_role("heading", name="API keys")).to_be_visible()
    await expect(account.card("Second factor")).to_contain_text("It is off.")
    await expect(account.card(NAME)).to_have_count(0)
