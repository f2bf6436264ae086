"""Dragging over the chart leads closer, in a finer scale, and there is a way back."""

import re

from playwright.async_api import expect


async def test_dragging_shows_that_part_in_a_finer_scale_and_back_shows_the_whole(history):
    await history.show("2024-01-01T00:00", "2025-01-01T00:00")
    await expect(history.unit).to_contain_text("kWh per day")
    await expect(history.loaded).to_be_visible()

    await history.drag(183, 197, of=366)  # the second of July, and the sixteenth

    await expect(history.title).to_have_text(re.compile(r"^Jul 2\W+16, 2024$"))
    await expect(history.unit).to_contain_text("kWh per hour")
    await expect(history.loaded).to_be_visible()
    assert history.asked[-1] == {
        "gid": "1001",
        "channels": "1,2,3",
        "start": "2024-07-02T04:00:00.000Z",
        "end": "2024-07-17T04:00:00.000Z",
        "scale": "1H",
        "energyUnit": "KilowattHours",
    }
    total = sum(await history.usages(history.asked[-1]))
    await expect(history.figure("A Mains", "Total")).to_have_text(f"{total:,.2f} kWh")
    asked = len(history.asked)

    await history.button("Back").click()

    await expect(history.title).to_have_text(re.compile(r"^Jan 1\W+Dec 31, 2024$"))
    await expect(history.loaded).to_be_visible()
    assert len(history.asked) == asked


async def test_what_is_dragged_over_is_summed_up_before_the_hand_lets_go(history):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    usages = await history.usages(history.asked[-1])
    box = await history.plot.bounding_box()
    hour = box["width"] / 24

    await history.plot.hover(position={"x": 6.5 * hour, "y": 50})
    await expect(history.moment).to_have_text(re.compile(r"^Mon, Jun 10, 6:00\W+7:00 AM$"))
    await expect(history.legend).to_contain_text(f"{usages[6]:.2f} kWh")
    await history.page.mouse.down()
    await history.plot.hover(position={"x": 8.5 * hour, "y": 50})

    await expect(history.moment).to_contain_text("Selected: ")
    await expect(history.legend).to_contain_text(f"{sum(usages[6:9]):.2f} kWh")


async def test_the_buttons_lead_closer_and_farther_without_any_dragging(history):
    await history.show("2024-06-10T00:00", "2024-06-17T00:00")
    await expect(history.title).to_have_text(re.compile(r"^Jun 10\W+16, 2024$"))

    await history.button("Zoom in").click()
    await expect(history.title).to_have_text(re.compile("^Tue, Jun 11, 2024, 6:00 PM"))
    await history.button("Zoom out").click()

    await expect(history.title).to_have_text(re.compile(r"^Jun 10\W+16, 2024$"))
