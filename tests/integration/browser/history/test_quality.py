"""What is averaged, known in part or missing is drawn, named and spoken as that."""

import json

import pytest
from playwright.async_api import expect

from tests.integration.browser.loop import in_browsers_loop

QUALITY = [["live", 6], ["averaged", 4], ["missing", 5], ["partial", 3], ["live", 6]]
HATCHED = """() => {
  const canvas = document.querySelector(".history-canvas canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return [...data].reduce((sum, one, index) => (sum * 31 + one * (index % 97)) % 1000003, 7);
}"""


@pytest.fixture
def told(open_history):
    """A day of which the gateway tells all kinds of figures."""

    async def tell(route):
        answer = await route.fetch()
        content = await answer.json()
        for series in content["series"]:
            series["usageList"][10:15] = [None] * 5
            series["quality"] = QUALITY
            series["coverage"] = 0.7604
        await route.fulfill(response=answer, body=json.dumps(content))

    async def open_told(**look):
        history = await open_history(**look)
        await history.page.route("**/history?*start=2024-06-10T04*", tell)
        await history.show("2024-06-10T00:00", "2024-06-11T00:00")
        await expect(history.title).to_have_text("Monday, June 10, 2024")
        await expect(history.loaded).to_be_visible()
        return history

    return open_told


@in_browsers_loop
async def day(told):
    return await told(viewport={"width": 1280, "height": 860})


async def test_a_legend_names_what_was_not_measured_as_it_is_shown(day):
    await expect(
        day.page.get_by_role("list", name="not measured").get_by_role("listitem")
    ).to_have_text(
        [
            "Averaged: Emporia spread a mean over it: Mains 4 of 24",
            "Known in part: the sum of what is known: Mains 3 of 24",
            "No data: Mains 5 of 24",
        ]
    )


async def test_the_table_tells_how_much_is_known(day):
    await expect(day.figure("A Mains", "Known")).to_have_text("76%")
    await expect(day.figure("A Mains", "Missing")).to_have_text("5")


async def test_whoever_does_not_see_the_chart_hears_it(day):
    await day.chart.press("Home")
    for _ in range(6):
        await day.chart.press("ArrowRight")
    await expect(day.spoken).to_contain_text(" kWh, averaged")
    for _ in range(4):
        await day.chart.press("ArrowRight")
    await expect(day.spoken).to_contain_text("Mains: no data")
    for _ in range(5):
        await day.chart.press("ArrowRight")
    await expect(day.spoken).to_contain_text(" kWh, known in part")


async def test_it_is_drawn_otherwise_than_what_was_measured(history, day):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    await expect(history.page.get_by_role("list", name="not measured")).to_have_count(0)

    assert await history.page.evaluate(HATCHED) != await day.page.evaluate(HATCHED)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious_in_it(told, axe, scheme):
    history = await told(viewport={"width": 360, "height": 740}, color_scheme=scheme)

    assert await axe(history.page) == []
