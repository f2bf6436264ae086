"""A real Chromium on the gateway's page, and a watch on it that overlooks nothing."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    async_playwright,
    expect,
)

from web.chromium import launch_chromium

AXE = Path(__file__).parents[3] / "web/node_modules/axe-core/axe.min.js"

expect.set_options(timeout=20_000)
"""What is awaited comes at once on a machine at rest; a busy one is given time."""

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  window.tellViolation(`${event.effectiveDirective} forbids ${event.blockedURI || "it"}`);
});
"""

DATA = {"fetch", "xhr", "eventsource"}
"""What the page asks for itself: a refusal is an answer there, and broken elsewhere."""


@dataclass  # without slots: Playwright keeps things of its own on what listens
class Faults:
    """What went wrong on the pages of a test, in sentences."""

    _found: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=list)
    _pages: list[Page] = field(default_factory=list)

    def expect(self, *patterns: str) -> None:
        """From now on, take what matches one of these regular expressions for no fault."""
        self._expected += map(re.compile, patterns)

    async def take(self) -> list[str]:
        """What was found since the last time."""
        for page in self._pages:
            if not page.is_closed():
                await page.title()  # an answer comes after whatever happened before it
        found, self._found[:] = self._found.copy(), []
        return found

    async def watch(self, context: BrowserContext, origin: str) -> None:
        """Look at whatever happens in this context, where only `origin` may be spoken to."""
        host = urlsplit(origin).netloc

        def note_other_host(url: str) -> None:
            address = urlsplit(url)
            if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != host:
                self._note(f"other host: {url}")

        def begin(page: Page) -> None:
            self._pages.append(page)
            page.on("websocket", lambda socket: note_other_host(socket.url))
            page.on("crash", lambda _: self._note("crash of the page"))

        await context.expose_function("tellViolation", lambda text: self._note(f"policy: {text}"))
        await context.add_init_script(TELL_VIOLATIONS)
        context.on("page", begin)
        context.on("console", self._note_message)
        context.on("weberror", lambda problem: self._note(f"page error: {problem.error}"))
        context.on("request", lambda request: note_other_host(request.url))
        context.on("requestfailed", self._note_failure)
        context.on("response", self._note_answer)

    def _note(self, sentence: str) -> None:
        if not any(pattern.search(sentence) for pattern in self._expected):
            self._found.append(sentence)

    def _note_message(self, message: ConsoleMessage) -> None:
        # A load that fails is noted as such, and an answer of 401 is the page's daily bread.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load"):
            self._note(f"console {message.type}: {message.text}")

    def _note_failure(self, request: Request) -> None:
        # The page itself aborts what it no longer wants.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"failed request: {request.method} {request.url} {request.failure}")

    def _note_answer(self, answer: Response) -> None:
        refused = answer.status >= 400 and answer.request.resource_type not in DATA
        if refused or answer.status >= 500:
            self._note(f"answer {answer.status}: {answer.request.method} {answer.url}")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of the test's own."""
    async with async_playwright() as playwright:
        launched = await launch_chromium(playwright)
        yield launched
        await launched.close()


@pytest.fixture
def faults() -> Faults:
    """What went wrong so far; a test says here what it expects, or takes what it provoked."""
    return Faults()


OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
async def open_page(browser: Browser, faults: Faults) -> AsyncIterator[OpenPage]:
    """Opens a URL in a context of its own; keyword arguments are the context's options.

    The test fails if anything goes wrong on the page that it neither expects nor takes. A gateway
    must not stop under an open page: ask for `stage` first, or close the page within `stages`.
    """

    async def open_one(url: str, **options: Any) -> Page:
        context = await browser.new_context(**options)
        await faults.watch(context, url)
        page = await context.new_page()
        await page.goto(url)
        return page

    yield open_one
    assert await faults.take() == []


@pytest.fixture
async def page(stage: Any, open_page: OpenPage) -> Page:
    """The gateway's page, as a desktop sees it."""
    return await open_page(stage.url)


Violations = Callable[[Page], Awaitable[list[str]]]


@pytest.fixture
def axe() -> Violations:
    """Tells what of a page keeps people out, as far as axe-core finds it serious or critical."""

    async def serious(page: Page) -> list[str]:
        await page.evaluate(AXE.read_text())
        found = await page.evaluate("axe.run()")
        return [
            f"{violation['impact']} {violation['id']}: {violation['help']} "
            f"({', '.join(str(node['target']) for node in violation['nodes'])})"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
        ]

    return serious
