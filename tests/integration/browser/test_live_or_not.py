"""What the bar says of the connection agrees with what stands below it."""

import json
from datetime import datetime, timedelta

from playwright.async_api import WebSocketRoute, expect

from tests.integration.browser.acts import come_back

AN_HOUR = timedelta(hours=1)


def an_hour_old(text: str | bytes) -> str | bytes:
    """A frame as it would be had nobody polled for an hour, without a limit for requests."""
    message = json.loads(text)
    live = message.get("data", {}).get("live")
    if live is None:
        return text
    for name in ("sampledAt", "receivedAt"):
        then = datetime.fromisoformat(live[name]) - AN_HOUR
        live[name] = then.isoformat().replace("+00:00", "Z")
    live["stale"] = True
    return json.dumps(message)


async def test_live_never_stands_above_stale_and_nothing_is_rare_without_a_limit(page, stage):
    def pass_on(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(lambda text: route.send(an_hour_old(text)))

    await page.route_web_socket("**", pass_on)
    await come_back(page, await stage.linked())

    await expect(page.get_by_text("Stale")).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text("Not up to date")
    await expect(page.get_by_text("Samples are rare")).to_have_count(0)
