"""What happened to the account, on the page; where a gateway tells none of it, nothing."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, Route, expect

from tests.integration.browser.account.conftest import open_account

PAGE = 10


def event_at(minute: int) -> dict[str, Any]:
    return {
        "at": f"2026-03-01T12:{minute:02}:00.250000Z",
        "kind": "signed_in",
        "by": "session Firefox on Linux",
        "detail": {"address": "203.0.113.0/24"},
    }


EVENTS = [event_at(minute) for minute in range(24, 0, -1)]


async def tell(route: Route) -> None:
    """Answer as the gateway does, a page at a time."""
    query = parse_qs(urlsplit(route.request.url).query)
    before = query.get("before", ["9999"])[0]
    told = [event for event in EVENTS if event["at"] < before][: int(query["limit"][0])]
    await route.fulfill(body=json.dumps({"events": told}), content_type="application/json")


async def tell_of_nothing_here(route: Route) -> None:
    problem = {"status": 404, "title": "There is nothing at this path", "code": "not_found"}
    await route.fulfill(
        status=404, body=json.dumps(problem), content_type="application/problem+json"
    )


@pytest.fixture
def open_with(page: Page, stage: Any) -> Any:
    """Opens the account where events are answered so."""

    async def open_it(answer: Any) -> None:
        await page.route("**/me/events?*", answer)
        await open_account(page, await stage.linked())

    return open_it


async def test_events_are_told_the_newest_first_and_earlier_ones_on_demand(page, open_with):
    await open_with(tell)
    card = page.get_by_role("region", name="Events")
    events = card.get_by_role("listitem")

    await expect(events).to_have_count(PAGE)
    await expect(events.first).to_contain_text("Signed in.")
    await expect(events.first).to_contain_text("Mar 1, 2026, 7:24 AM")
    await expect(events.first).to_contain_text("Firefox on Linux, from 203.0.113.0/24")
    for count in (2 * PAGE, len(EVENTS)):
        await card.get_by_role("button", name="Show earlier ones").click()
        await expect(events).to_have_count(count)
    await expect(card.get_by_role("button", name="Show earlier ones")).to_have_count(0)


async def test_a_gateway_that_tells_none_shows_no_such_part(page, open_with):
    async with page.expect_response("**/me/events?*"):
        await open_with(tell_of_nothing_here)

    await expect(page.get_by_role("button", name="Make a key …")).to_be_visible()
    await expect(page.get_by_role("heading", name="Events")).to_have_count(0)
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_what_is_done_on_the_page_is_told_there(account):
    events = account.card("Events").get_by_role("listitem")
    await expect(events.last).to_contain_text("The account was opened.")
    await account.make_key("kitchen display")

    await account.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    await expect(events.first).to_contain_text("An API key was made: kitchen display.")
    await expect(events.first).to_contain_text("Chrome on Linux, from 127.0.0.0/24")
