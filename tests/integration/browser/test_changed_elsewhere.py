"""A page notices what was done to its account in another place, and shows what is so now."""

from typing import Any

from playwright.async_api import Page, expect

from tests.integration.browser.acts import come_back


async def watching(page: Page, stage: Any) -> Any:
    """Somebody who watches the first home."""
    person = await stage.linked()
    await come_back(page, person)
    return person


async def test_an_unlink_leads_to_the_form_that_links(page: Page, stage: Any) -> None:
    person = await watching(page, stage)
    await stage.client.delete("/emporia-auth", headers=person.bearer)

    await expect(page.get_by_label("Email of your Emporia account")).to_be_visible()


async def test_another_home_takes_the_place_of_the_former(page: Page, stage: Any) -> None:
    person = await watching(page, stage)
    await stage.link(person, "solar@example.com", "solar-password")

    await expect(page.get_by_role("rowheader", name="Kitchen")).to_be_visible()
    await expect(page.get_by_role("rowheader", name="Clothes Dryer")).to_have_count(0)
    await expect(page.get_by_text("Sun gives")).to_be_visible()
