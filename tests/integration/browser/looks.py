"""Sizes and schemes that every view has to do well in, shown one after the other on one page."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal

import pytest
from playwright.async_api import Page, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 360, "height": 740}
NARROW_PHONE: ViewportSize = {"width": 320, "height": 740}
Scheme = Literal["light", "dark"]
Axe = Callable[[Page], Awaitable[list[str]]]

EVERY_LOOK: Sequence[tuple[ViewportSize, Scheme]] = [
    (DESK, "light"),
    (DESK, "dark"),
    (NARROW_PHONE, "light"),
    (NARROW_PHONE, "dark"),
]
TWO_LOOKS: Sequence[tuple[ViewportSize, Scheme]] = [(DESK, "light"), (NARROW_PHONE, "dark")]

SCREENS: Mapping[str, Mapping[str, Any]] = {
    "a desk": {"viewport": DESK},
    "a phone": {"viewport": PHONE, "has_touch": True},
}
"""Options of a browser's context."""

screens = pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())

LEAST_PIXELS = 24
MOVING = "document.getAnimations().length"
TARGETS = """() =>
  [...document.querySelectorAll("main :is(button, summary, select, input, textarea)")].map(
    (target) => {
      const { width, height } = (target.closest("label") ?? target).getBoundingClientRect();
      return Math.min(width, height);
    },
  )"""

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


async def looks(page: Page, chosen: Sequence[tuple[ViewportSize, Scheme]]) -> AsyncIterator[str]:
    """Give the page each of these looks; the name of each, once all of the page fits the width.

    A chart is drawn anew a moment after its page got another size, so that is waited for.
    """
    for size, scheme in chosen:
        await page.set_viewport_size(size)
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.wait_for_function(FITS)
        yield f"{size['width']} pixels wide, {scheme}"


async def suits_everybody(page: Page, axe: Axe, size: ViewportSize) -> None:
    """Light and dark at this size: axe finds nothing, nothing moves, and fingers hit all of it."""
    async for look in looks(page, [(size, "light"), (size, "dark")]):
        assert await axe(page) == [], look
        assert await page.evaluate(MOVING) == 0, look
        assert min(await page.evaluate(TARGETS), default=LEAST_PIXELS) >= LEAST_PIXELS, look
