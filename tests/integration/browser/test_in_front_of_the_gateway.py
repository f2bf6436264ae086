"""What a proxy in front of the gateway answers in its place is named as such."""

import pytest
from playwright.async_api import expect

from tests.integration.browser.acts import KEEP_TOKEN, sign_in

PAGE = "<!doctype html><title>Sign in</title><form></form>"


@pytest.mark.parametrize("status", [401, 403, 200])
async def test_a_page_of_its_own_is_no_answer_of_the_gateway(page, stage, status):
    person = await stage.linked()
    await page.route(
        "**/me", lambda route: route.fulfill(status=status, content_type="text/html", body=PAGE)
    )
    await page.evaluate(KEEP_TOKEN, person.token)
    await page.reload()

    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text(
        f"Something in front of the gateway, such as a proxy, answered in its place ({status})."
    )
    await expect(alert).to_contain_text("Load the page again.", ignore_case=True)
    await page.unroute("**/me")
    await page.reload()
    await expect(page.get_by_test_id("home-watts")).to_be_visible()


async def test_a_sign_in_that_a_proxy_refuses_is_no_wrong_password(page, stage):
    await page.route(
        "**/login", lambda route: route.fulfill(status=401, content_type="text/html", body=PAGE)
    )
    await sign_in(page, await stage.sign_up())

    await expect(page.get_by_role("alert")).to_contain_text("such as a proxy")
