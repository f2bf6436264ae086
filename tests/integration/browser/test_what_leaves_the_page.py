"""The page asks little, once, and of nobody but its gateway."""

from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urlsplit

from playwright.async_api import Page, Request

from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import see_samples, start_watching

FIRST_LOAD_BYTES = 150_000
NEARLY_NOTHING_BYTES = 1_000

A_DAY = SimulatorOptions(start=datetime(2025, 7, 8, 16, 30, tzinfo=UTC))
"""A day's energy is asked for at once, but not just after midnight."""


def watch_requests(page: Page) -> list[Request]:
    """Whatever the page asks from now on."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    return asked


async def transferred_bytes(page: Page) -> int:
    """What has come over the wire since the page began to load, headers and all."""
    sizes: int = await page.evaluate(
        "['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))"
        ".reduce((sum, entry) => sum + entry.transferSize, 0)"
    )
    return sizes


async def test_all_views_together_take_less_than_150_kb(page, stage):
    await start_watching(page, await stage.linked())
    await page.get_by_role("link", name="History", exact=True).click()
    await page.locator(".history canvas").first.wait_for()

    assert 20_000 < await transferred_bytes(page) < FIRST_LOAD_BYTES


async def test_a_second_visit_only_asks_whether_there_is_a_newer_page(page):
    await page.reload()

    assert 0 < await transferred_bytes(page) < NEARLY_NOTHING_BYTES


async def test_rest_is_asked_once_and_all_else_comes_by_one_socket(stages, open_page):
    async with stages(simulator=A_DAY) as stage, await open_page(stage.url) as page:
        person = await stage.linked()
        asked, sockets = watch_requests(page), []
        page.on("websocket", lambda socket: sockets.append(urlsplit(socket.url).netloc))
        await start_watching(page, person)
        await see_samples(page, 3)

        calls = [request for request in asked if request.resource_type == "fetch"]
        assert Counter(f"{call.method} {urlsplit(call.url).path}" for call in calls) == {
            "POST /login": 1,
            "GET /me": 1,
            "GET /me/link": 1,
            "GET /me/budget": 1,
            "GET /devices": 1,
            "GET /devices/1001/history": 1,
            "GET /devices/instant": 1,
        }
        assert {urlsplit(request.url).netloc for request in asked} == {urlsplit(stage.url).netloc}
        assert sockets == [urlsplit(stage.url).netloc]
