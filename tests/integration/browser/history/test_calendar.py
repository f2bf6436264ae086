"""A calendar tells how much is known of each day, and leads to a day."""

import json
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from playwright.async_api import expect

from tests.integration.browser.history.test_for_everybody import LOOKS, SIDE_SCROLL

FIRST = date(2024, 1, 20)
DAYS = [
    [(FIRST + timedelta(days=at)).isoformat(), (0, 0.25, 0.9996, 1)[at % 4]] for at in range(150)
]
SPREAD = "tiles => new Set(tiles.map((tile) => getComputedStyle(tile).backgroundImage)).size"


async def opened(history, days=None):
    """The calendar of a gateway that tells these days, or what it has."""
    if days is not None:
        body = json.dumps({"days": days})
        await history.page.route(
            "**/archive/coverage?*",
            lambda route: route.fulfill(body=body, content_type="application/json"),
        )
    await history.page.get_by_text("What is known of each day", exact=True).click()
    calendar = history.page.get_by_role("region", name="What is known of each day")
    await expect(calendar.get_by_text("Loading")).to_have_count(0)
    return calendar


async def test_what_was_looked_at_is_known_from_then_on(history):
    await history.show("2024-06-10T00:00", "2024-06-12T00:00")
    await expect(history.loaded).to_be_visible()
    await expect(history.figure("A Mains", "Missing")).to_have_text("0")

    calendar = await opened(history)

    known = calendar.get_by_role("button", name="June 10, 2024: 100% known")
    await expect(known).to_be_visible()
    await expect(calendar).to_contain_text("Mains: ")
    await expect(calendar).to_contain_text("since Monday, June 10, 2024")


async def test_a_day_that_is_clicked_on_is_shown(history):
    calendar = await opened(history, DAYS)

    await calendar.get_by_role("button", name="Monday, June 10, 2024: 99.9% known").click()

    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    assert history.asked[-1]["start"] == "2024-06-10T04:00:00.000Z"
    assert history.asked[-1]["end"] == "2024-06-11T04:00:00.000Z"
    await expect(calendar.locator("[aria-current=date]")).to_have_text("10")
    await expect(history.chart).to_be_in_viewport()


async def test_keys_go_from_day_to_day_and_from_month_to_month(history):
    calendar = await opened(history, DAYS)
    newest = calendar.get_by_role("button", name="Monday, June 17, 2024")
    await newest.focus()
    press = history.page.keyboard.press

    await press("ArrowLeft")
    await expect(calendar.get_by_role("button", name="June 16, 2024")).to_be_focused()
    await press("ArrowDown")
    await expect(calendar.get_by_role("button", name="May 16, 2024")).to_be_focused()
    await press("Home")
    await press("ArrowLeft")
    await expect(calendar.get_by_role("button", name="April 30, 2024")).to_be_focused()
    await press("Enter")

    await expect(history.title).to_have_text("Tuesday, April 30, 2024")
    await expect(calendar.get_by_role("button", name="April 30, 2024")).to_be_focused()
    await expect(calendar.locator("[tabindex='0']")).to_have_count(1)


async def test_the_calendar_is_of_a_series_that_is_chosen(history):
    asked = []
    history.page.on("request", lambda one: asked.append(one.url))
    await history.choice("Fridge").check()
    await expect(history.loaded).to_be_visible()
    async with history.page.expect_request(lambda one: "/coverage" in one.url):
        calendar = await opened(history, DAYS)

    await calendar.get_by_label("Series").select_option("Fridge")

    await expect(calendar).to_contain_text("Fridge: 55.6% is known of 150 days")
    named = [unquote(url).split("series=")[1] for url in asked if "/coverage" in url]
    assert named == ["1001:1,2,3", "1001:1"]


async def test_where_nothing_is_kept_that_is_said(history):
    calendar = await opened(history, [])

    await expect(calendar).to_contain_text("Nothing is kept of Mains yet.")


async def test_a_calendar_that_does_not_come_is_told_of(history, faults):
    faults.expect("answer 503")
    problem = {"detail": "The gateway can't read its archive.", "code": "storage_unavailable"}
    await history.page.route(
        "**/archive/coverage?*", lambda route: route.fulfill(status=503, json=problem)
    )
    calendar = await opened(history)

    await expect(calendar).to_contain_text("The gateway can't read its archive.")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
async def test_axe_finds_nothing_serious_and_each_day_can_be_touched(open_history, axe, look):
    history = await open_history(reduced_motion="reduce", **look)
    calendar = await opened(history, DAYS)
    tiles = calendar.get_by_role("gridcell").get_by_role("button")
    await expect(tiles).to_have_count(150)

    assert await axe(history.page) == []
    assert await history.page.evaluate(SIDE_SCROLL) == 0
    sizes = await tiles.evaluate_all(
        "all => all.map((one) => Math.min(one.offsetWidth, one.offsetHeight))"
    )
    assert min(sizes) >= 24
    assert await tiles.evaluate_all(SPREAD) >= 3
