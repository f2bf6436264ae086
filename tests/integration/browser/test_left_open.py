"""A page that is left open holds on to nothing: 40 minutes of live data, as fast as they go."""

import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import CDPSession, Page, WebSocketRoute, expect

from tests.integration.browser.loop import in_browsers_loop

MINUTE = 60
MINUTES_KEPT = 15
"""The line goes back so far: until then what is held has to grow."""

MOST_GROWTH_BYTES = 2_000_000
"""1.4 KB for each second that was seen."""

AT_ONCE = 60

Send = Callable[[int], Awaitable[None]]


def frames(sample: dict[str, Any], start: datetime) -> Iterator[dict[str, Any]]:
    """This frame again and again, a second later each time and with other watts."""
    second = 0
    while True:
        second += 1
        instant = (start + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")
        usages = {**sample["deviceListUsages"], "instant": instant}
        usages["devices"] = [
            {
                **device,
                "channelUsages": [
                    {**channel, "watts": channel["watts"] and channel["watts"] + second % 97}
                    for channel in device["channelUsages"]
                ],
            }
            for device in usages["devices"]
        ]
        live = {**sample["live"], "sampledAt": instant, "stale": False}
        yield {"type": "deviceData", "data": {"deviceListUsages": usages, "live": live}}


async def heap_bytes(devtools: CDPSession) -> float:
    """What the page's scripts hold once nothing is left to collect."""
    await devtools.send("HeapProfiler.collectGarbage")
    usage: dict[str, float] = await devtools.send("Runtime.getHeapUsage")
    return usage["usedSize"]


@in_browsers_loop
async def sample(stage: Any) -> dict[str, Any]:
    """A frame as the gateway sends it."""
    socket = await stage.stream(await stage.linked())
    await socket.send({"type": "subscribe", "scale": "1S"})
    await socket.receive_until("subscribed")
    data: dict[str, Any] = (await socket.receive_until("deviceData"))["data"]
    return data


@in_browsers_loop
async def hurry(page: Page, stage: Any, sample: dict[str, Any]) -> Send:
    """The page with a stream of its own; sends so many seconds of it, and sees them shown."""
    start = datetime.now(UTC).replace(microsecond=0)
    coming = frames(sample, start)
    routes: list[WebSocketRoute] = []

    def serve(route: WebSocketRoute) -> None:
        routes.append(route)

        def answer(text: str | bytes) -> None:
            kind = json.loads(text)["type"]
            said = "authenticated" if kind == "authenticate" else "subscribed"
            route.send(json.dumps({"type": said, "message": ""}))

        route.on_message(answer)

    await page.route_web_socket(lambda url: url.startswith("ws"), serve)
    person = await stage.linked()
    kept = {"token": person.token, "receivedAt": start.timestamp() * 1_000}
    await page.evaluate(
        "kept => sessionStorage.setItem('emporia-energy-token', JSON.stringify(kept))", kept
    )
    await page.reload()
    await expect(page.get_by_role("status")).to_contain_text("Live")

    async def send(seconds: int) -> None:
        for _ in range(seconds // AT_ONCE):
            for _ in range(AT_ONCE):
                frame = next(coming)
                routes[-1].send(json.dumps(frame))
            shown = page.locator(f"time[datetime='{instant_of(frame)}']")
            await shown.wait_for()

    return send


def instant_of(frame: dict[str, Any]) -> str:
    """As the page writes it."""
    instant: str = frame["data"]["live"]["sampledAt"]
    return instant.replace("Z", ".000Z")


async def test_live_data_leaves_the_heap_as_it_was(page: Page, hurry: Send) -> None:
    devtools = await page.context.new_cdp_session(page)
    await hurry(MINUTES_KEPT * MINUTE + MINUTE)
    before = await heap_bytes(devtools)
    await hurry(24 * MINUTE)

    assert await heap_bytes(devtools) - before < MOST_GROWTH_BYTES
