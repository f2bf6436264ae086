"""A link that will end soon is said where people look, and can be made to renew itself."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from domain.emporia.links import AccountId
from tests.integration.browser.acts import start_watching
from tests.integration.browser.loop import in_browsers_loop
from tests.integration.browser.test_linking import open_account
from tests.one_task import held

KEEP = "Keep the password, sealed, so that the link renews itself"
PHONE = {"width": 360, "height": 740}


@in_browsers_loop
async def keeping(stages):
    """A stage whose operator lets passwords be kept."""
    async with held(stages(emporia_keep_password=True)) as made:
        yield made


async def grow_old(stage, *, days: int) -> None:
    """Let the link have signed in so many days ago."""
    links = stage.container.emporia_links()
    (link,) = await links.of_account(AccountId(101))
    then = link.signed_in_at - timedelta(days=days)
    assert await links.replace_tokens(link.with_tokens(link.tokens, signed_in_at=then))


async def link_again(page) -> None:
    await page.get_by_role("button", name="Link again or another").click()
    await page.get_by_label("Email of your Emporia account").fill("home@example.com")
    await page.get_by_label("Its password").fill("emporia-password")


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
async def test_the_end_is_said_five_days_before_until_the_link_is_made_again(
    stage, open_page, axe, viewport
):
    person = await stage.linked()
    await grow_old(stage, days=26)
    page = await open_page(stage.url, **({"viewport": viewport} if viewport else {}))
    await start_watching(page, person)

    warning = page.get_by_test_id("link-ending")
    await expect(warning).to_contain_text("The link to Emporia ends about ")
    await expect(warning).to_contain_text("; link it again before.")
    assert await axe(page) == []
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= (viewport or {"width": 1280})["width"]
    await warning.get_by_role("link", name="Link again").click()
    await expect(page.get_by_text("The link to Emporia ends about")).to_be_visible()
    await link_again(page)
    await page.get_by_role("button", name="Link account").click()

    await expect(page.get_by_text("It lasts until about")).to_be_visible()
    await expect(page.get_by_text("The link to Emporia ends about")).to_have_count(0)


async def test_a_fresh_link_is_no_reason_to_worry(stage, page):
    await start_watching(page, await stage.linked())
    await open_account(page)

    await expect(page.get_by_text("It lasts until about")).to_be_visible()
    await page.get_by_role("button", name="Link again or another").click()
    await expect(page.get_by_text("Used once to sign in at Emporia, and not kept.")).to_be_visible()
    await expect(page.get_by_label(KEEP)).to_have_count(0)


async def test_where_it_is_allowed_the_password_is_kept_for_who_says_so(keeping, open_page, axe):
    person = await keeping.linked()
    await grow_old(keeping, days=26)
    page = await open_page(keeping.url)
    await start_watching(page, person)
    await expect(page.get_by_test_id("link-ending")).to_be_visible()
    await open_account(page)
    await link_again(page)

    box = page.get_by_label(KEEP)
    await expect(box).not_to_be_checked()
    assert await axe(page) == []
    await box.check()
    await page.get_by_role("button", name="Link account").click()

    await expect(
        page.get_by_text("It renews itself: its password is kept, sealed.")
    ).to_be_visible()
    await expect(page.get_by_text("The password at Emporia is kept from now on.")).to_be_visible()
    assert (await keeping.get("/me/link", person)).json()["link"]["keepsPassword"] is True
    await grow_old(keeping, days=26)
    await page.reload()
    await expect(page.get_by_text("It renews itself")).to_be_visible()
    await expect(page.get_by_text("The link to Emporia ends about")).to_have_count(0)


async def test_who_does_not_tick_it_keeps_no_password(keeping, open_page):
    person = await keeping.linked()
    page = await open_page(keeping.url)
    await start_watching(page, person)
    await open_account(page)
    await link_again(page)
    await page.get_by_role("button", name="Link account").click()

    await expect(page.get_by_text("It lasts until about")).to_be_visible()
    assert (await keeping.get("/me/link", person)).json()["link"]["keepsPassword"] is False
