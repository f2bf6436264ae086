"""`python -m benchmarks.dashboard`: what the page costs a browser that has it open.

A Chromium without a window opens the page of a running demo, signs in, and watches. Printed are
the first load's bytes, the time to the first figure, what the main thread did in each minute of
live data, the pace of the frames that were drawn, and the growth of the heap after garbage
collection. Everything is told by the browser's own DevTools protocol.

Usage: python -m benchmarks.dashboard [--minutes N] [--circuits few|many]
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import click
from playwright.async_api import CDPSession, Page, async_playwright

from docs.demo import running_demo
from web.chromium import launch_chromium

HOMES = {
    "few": ("home@example.com", "emporia-password"),
    "many": ("mill@example.com", "mill-password"),
}
WARM_UP_SECONDS = 60
"""The browser compiles what runs often; what it holds grows until that is done."""
MEGABYTE = 1_000_000

COUNT_FRAMES = """() => {
  const seen = window.seenFrames = { count: 0, longest: 0, last: performance.now() };
  const next = (now) => {
    seen.count += 1;
    seen.longest = Math.max(seen.longest, now - seen.last);
    seen.last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""
READ_FRAMES = """() => {
  const { count, longest } = window.seenFrames;
  Object.assign(window.seenFrames, { count: 0, longest: 0, last: performance.now() });
  return { count, longest };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """What the browser did while it watched; times in seconds of one core."""

    seconds: float
    task: float
    script: float
    layout_and_style: float
    frames: int
    longest_frame_milliseconds: float
    heap_bytes: float


@click.command()
@click.option("--minutes", default=1, show_default=True, type=click.IntRange(1, 600))
@click.option("--circuits", default="few", show_default=True, type=click.Choice(list(HOMES)))
def main(minutes: int, circuits: str) -> None:
    """Watch the page for so many minutes, and tell what it cost."""
    with running_demo({}) as demo:
        asyncio.run(measure(demo.url, minutes=minutes, emporia=HOMES[circuits]))


async def measure(url: str, *, minutes: int, emporia: tuple[str, str]) -> None:
    """Open, sign in, open again as somebody who stays signed in does, and watch."""
    async with async_playwright() as playwright:
        browser = await launch_chromium(playwright)
        context = await browser.new_context(viewport={"width": 1280, "height": 860})
        page = await context.new_page()
        devtools = await context.new_cdp_session(page)
        click.echo(f"Chromium {browser.version}, 1280 x 860, no window")
        await open_first(page, devtools, url)
        await sign_in(page, emporia)
        await open_again(page, url)
        await devtools.send("Performance.enable")
        await page.evaluate(COUNT_FRAMES)
        await asyncio.sleep(WARM_UP_SECONDS)
        start = await heap_bytes(devtools)
        click.echo(f"heap after {WARM_UP_SECONDS} s: {start / MEGABYTE:.2f} MB")
        for number in range(1, minutes + 1):
            report(number, await watch_a_minute(page, devtools), start)
        await browser.close()


async def open_first(page: Page, devtools: CDPSession, url: str) -> None:
    """The first load of all, nothing cached: how many bytes cross the wire."""
    sizes: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await devtools.send("Network.enable")
    await page.goto(url, wait_until="networkidle")
    click.echo(f"first load: {sum(sizes) / 1_000:.1f} KB in {len(sizes)} answers, heads included")
    await devtools.send("Network.disable")


async def sign_in(page: Page, emporia: tuple[str, str]) -> None:
    """A new account, and the home linked."""
    await page.get_by_role("button", name="Create an account").click()
    await page.get_by_label("Email").fill("measured@example.com")
    await page.get_by_label("Password").fill("a long password")
    await page.get_by_role("button", name="Create account").click()
    await page.get_by_label("Email of your Emporia account").fill(emporia[0])
    await page.get_by_label("Its password").fill(emporia[1])
    await page.get_by_role("button", name="Link account").click()
    await page.get_by_role("link", name="Now").click()
    await page.get_by_test_id("home-watts").wait_for()


async def open_again(page: Page, url: str) -> None:
    """How long it takes from the address to the first figure."""
    await page.goto("about:blank")
    await page.goto(url)
    await page.get_by_test_id("home-watts").wait_for()
    milliseconds = await page.evaluate("performance.now()")
    paints = await page.evaluate(
        "performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime])"
    )
    for name, start in paints:
        click.echo(f"{name}: {start:.0f} ms")
    click.echo(f"first live figure: {milliseconds:.0f} ms after the address was asked for")


async def watch_a_minute(page: Page, devtools: CDPSession) -> Minute:
    """What the page did in sixty seconds."""
    before = await metrics(devtools)
    await page.evaluate(READ_FRAMES)
    await asyncio.sleep(60)
    frames = await page.evaluate(READ_FRAMES)
    after = await metrics(devtools)
    spent = {name: after[name] - before[name] for name in after}
    return Minute(
        seconds=spent["Timestamp"],
        task=spent["TaskDuration"],
        script=spent["ScriptDuration"],
        layout_and_style=spent["LayoutDuration"] + spent["RecalcStyleDuration"],
        frames=frames["count"],
        longest_frame_milliseconds=frames["longest"],
        heap_bytes=await heap_bytes(devtools),
    )


async def metrics(devtools: CDPSession) -> dict[str, float]:
    """The browser's counters of the page."""
    answer: dict[str, Any] = await devtools.send("Performance.getMetrics")
    return {metric["name"]: metric["value"] for metric in answer["metrics"]}


async def heap_bytes(devtools: CDPSession) -> float:
    """What the page's scripts hold once nothing is left to collect."""
    await devtools.send("HeapProfiler.collectGarbage")
    usage: dict[str, float] = await devtools.send("Runtime.getHeapUsage")
    return usage["usedSize"]


def report(number: int, minute: Minute, start: float) -> None:
    """One line."""
    grown = (minute.heap_bytes - start) / MEGABYTE
    click.echo(
        f"minute {number}: main thread {minute.task:.2f} s ({minute.task / minute.seconds:.1%}), "
        f"script {minute.script:.2f} s, layout and style {minute.layout_and_style:.2f} s; "
        f"{minute.frames / minute.seconds:.1f} frames a second, "
        f"the longest {minute.longest_frame_milliseconds:.0f} ms; "
        f"heap {minute.heap_bytes / MEGABYTE:.2f} MB ({grown:+.2f})"
    )


if __name__ == "__main__":
    main()
