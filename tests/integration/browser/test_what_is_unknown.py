"""Where figures are missing or contradict each other, the page draws none of its own."""

import re

from playwright.async_api import expect

from tests.integration.browser.acts import sign_in

NO_LENGTH = re.compile(r"scaleX\(0\)")


async def test_a_rest_below_zero_has_no_bar_and_an_empty_line_is_not_to_be_read(page, stage):
    person = await stage.sign_up()
    await sign_in(page, person)
    await page.get_by_label("Email of your Emporia account").fill("unclamped@example.com")
    await page.get_by_label("Its password").fill("unclamped-password")
    await page.get_by_role("button", name="Link account").click()

    rest = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Balance"))
    await expect(rest).to_contain_text("circuits measure more than the mains")
    await expect(rest.locator(".fill")).to_have_attribute("style", NO_LENGTH)
    await expect(page.get_by_text("No figure of these minutes is known.")).to_be_visible()
    await expect(page.get_by_text("Point at the line")).to_have_count(0)
