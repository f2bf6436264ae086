"""The history fits any screen and keeps nobody out."""

import pytest
from playwright.async_api import expect

DESK, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
LOOKS = {
    "a desk, light": {"viewport": DESK, "color_scheme": "light"},
    "a phone, dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}
LEAST_PIXELS = 24
UNFOLD = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
SIDE_SCROLL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOVING = "document.getAnimations().length"
TARGETS = """() =>
  [...document.querySelectorAll("main :is(button, summary, select, input)")].map((target) => {
    const { width, height } = (target.closest("label") ?? target).getBoundingClientRect();
    return Math.min(width, height);
  })"""


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
async def test_axe_finds_nothing_serious_all_of_it_fits_and_nothing_moves(open_history, axe, look):
    history = await open_history(reduced_motion="reduce", **look)
    await history.page.evaluate(UNFOLD)
    await history.choice("Fridge").check()
    await history.page.get_by_label("Compare with the period before").check()
    await expect(history.legend).to_have_count(2)
    await expect(history.loaded).to_be_visible()
    await history.chart.press("Home")

    assert await axe(history.page) == []
    assert await history.page.evaluate(SIDE_SCROLL) == 0
    assert await history.page.evaluate(MOVING) == 0
    assert min(await history.page.evaluate(TARGETS)) >= LEAST_PIXELS


async def test_the_chart_is_whole_on_a_desk_s_first_screen_and_half_on_a_phone_s(open_history):
    history = await open_history(viewport=PHONE, has_touch=True)
    box = await history.chart.bounding_box()
    assert box["y"] + box["height"] / 2 <= PHONE["height"]

    await history.page.set_viewport_size(DESK)
    await expect(history.page.get_by_label("Scale")).to_be_visible()

    box = await history.chart.bounding_box()
    assert box["y"] + box["height"] <= DESK["height"]
