"""What a person does on the page again and again."""

import json
from typing import Any

from playwright.async_api import Page, expect

KEEP_TOKEN = """token => sessionStorage.setItem(
  "emporia-energy-token", JSON.stringify({ token, receivedAt: Date.now() })
)"""


IN_THIS_TAB_ONCE = """
if (location.protocol === "http:" && !sessionStorage.getItem("signed-in-once")) {
  sessionStorage.setItem("signed-in-once", "yes");
  (%s)(%s);
}"""


def signed_in(token: str) -> str:
    """A script that keeps the token before a tab loads its first page, and at no later one."""
    return IN_THIS_TAB_ONCE % (KEEP_TOKEN, json.dumps(token))


async def sign_in(page: Page, person: Any) -> None:
    """Fill the form in and send it."""
    await page.get_by_label("Email").fill(person.email)
    await page.get_by_label("Password").fill(person.password)
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def start_watching(page: Page, person: Any) -> None:
    """Sign in, and see a sample."""
    await sign_in(page, person)
    await page.get_by_test_id("instant").wait_for()


async def come_back(page: Page, person: Any) -> None:
    """Load the page as somebody who is signed in already, and see a sample."""
    await page.evaluate(KEEP_TOKEN, person.token)
    await page.reload()
    await page.get_by_test_id("instant").wait_for()


async def see_samples(page: Page, count: int) -> None:
    """Wait until the page has shown so many more."""
    instant = page.get_by_test_id("instant")
    for _ in range(count):
        shown = await instant.get_attribute("datetime")
        await expect(instant).not_to_have_attribute("datetime", shown)
