"""Sizes and schemes that every view has to do well in, shown one after the other on one page."""

from collections.abc import AsyncIterator, Sequence
from typing import Literal

from playwright.async_api import Page, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 360, "height": 740}
NARROW_PHONE: ViewportSize = {"width": 320, "height": 740}
Scheme = Literal["light", "dark"]

EVERY_LOOK: Sequence[tuple[ViewportSize, Scheme]] = [
    (DESK, "light"),
    (DESK, "dark"),
    (NARROW_PHONE, "light"),
    (NARROW_PHONE, "dark"),
]
TWO_LOOKS: Sequence[tuple[ViewportSize, Scheme]] = [(DESK, "light"), (NARROW_PHONE, "dark")]

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
