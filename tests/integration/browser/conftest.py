"""A real Chromium on the gateway's page, and a watch on it that overlooks nothing."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
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

from tests.integration.browser.acts import signed_in
from tests.integration.browser.loop import in_browsers_loop
from tests.integration.conftest import Stage, Stages
from tests.one_task import held
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what meets the browser in the loop that the browser was started in."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@in_browsers_loop
async def stage(stages: Stages) -> AsyncIterator[Stage]:
    """A stage with default settings, in the browser's loop."""
    async with held(stages()) as made:
        yield made


@in_browsers_loop(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The one Chromium of all tests; each opens contexts of its own."""
    async with async_playwright() as playwright:
        launched = await launch_chromium(playwright)
        yield launched
        await launched.close()


@pytest.fixture
def faults() -> Faults:
    """What went wrong so far; a test says here what it expects, or takes what it provoked."""
    return Faults()


OpenPage = Callable[..., Awaitable[Page]]


@in_browsers_loop
async def open_page(browser: Browser, faults: Faults) -> AsyncIterator[OpenPage]:
    """Opens the page at a URL in a context of its own, at Now unless the URL or `view` says else.

    With None for `view`, the page chooses. `person` is signed in already, and `listen` is given
    the page before it loads anything. Other keyword arguments are the context's options.

    The test fails if anything goes wrong on the page that it neither expects nor takes. A gateway
    must not stop under an open page: ask for `stage` first, or close the page within `stages`.
    """
    contexts: list[BrowserContext] = []

    async def open_one(
        url: str,
        *,
        view: str | None = "now",
        person: Any = None,
        listen: Callable[[Page], None] | None = None,
        **options: Any,
    ) -> Page:
        context = await browser.new_context(**options)
        contexts.append(context)
        await faults.watch(context, url)
        if person is not None:
            await context.add_init_script(signed_in(person.token))
        page = await context.new_page()
        if listen is not None:
            listen(page)
        await page.goto(url if view is None or "#" in url else f"{url}/#/{view}")
        return page

    yield open_one
    found = await faults.take()
    for context in contexts:
        await context.close()
    assert found == []


@in_browsers_loop
async def page(stage: Any, open_page: OpenPage) -> Page:
    """The gateway's page, as a desktop sees it."""
    return await open_page(stage.url)


async def load_axe(page: Page) -> None:
    """Let the page have axe-core, if it has not yet."""
    if await page.evaluate("window.axe === undefined"):
        await page.evaluate(AXE.read_text())


Violations = Callable[[Page], Awaitable[list[str]]]


@pytest.fixture
def axe() -> Violations:
    """Tells what of a page keeps people out, as far as axe-core finds it serious or critical."""

    async def serious(page: Page) -> list[str]:
        await load_axe(page)
        found = await page.evaluate("axe.run()")
        return [
            f"{violation['impact']} {violation['id']}: {violation['help']} "
            f"({', '.join(str(node['target']) for node in violation['nodes'])})"
            for violation in found["violations"]
            if violation["impact"] in {"serious", "critical"}
        ]

    return serious


Go = Callable[[str], Awaitable[None]]

FOCUSED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return "";
  const label = focused.labels?.[0]?.textContent ?? focused.getAttribute("aria-label");
  return (label ?? focused.textContent).trim();
}"""
MOST_STOPS = 120


@pytest.fixture
def go(page: Page) -> Go:
    """Tab on until what has this name has the focus."""

    async def tab_to(name: str) -> None:
        for _ in range(MOST_STOPS):
            await page.keyboard.press("Tab")
            if (await page.evaluate(FOCUSED)).startswith(name):
                return
        pytest.fail(f"No way leads to {name!r} by Tab.")

    return tab_to


@pytest.fixture
def press(page: Page, go: Go) -> Go:
    """Tab on to what has this name, and press Enter there."""

    async def press_it(name: str) -> None:
        await go(name)
        await page.keyboard.press("Enter")

    return press_it
