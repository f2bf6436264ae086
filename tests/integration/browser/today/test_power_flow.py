"""The picture of where power comes from says what the frames say, to everybody."""

import json
from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import start_watching

NOON = SimulatorOptions(start=datetime(2025, 6, 21, 11, 30, tzinfo=UTC), speed=0)
"""Half past one in Berlin, for ever."""

RUNNING = "document.querySelector('.power-flow').getAnimations({ subtree: true }).length"


async def watch(page, stage, home="solar"):
    person = await stage.sign_up()
    if home == "solar":
        await stage.link(person, "solar@example.com", "solar-password")
    else:
        await stage.link(person)
    await start_watching(page, person)


def newest_homes(page):
    """The homes of each frame, the newest last."""
    homes = []

    def hear(payload):
        message = json.loads(payload)
        if message.get("type") == "deviceData" and message["data"].get("live"):
            homes.append(message["data"]["live"]["home"])

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    return homes


async def test_its_figures_are_those_of_the_frame(stages, open_page):
    async with stages(simulator=NOON) as stage, await open_page(stage.url) as page:
        frames = newest_homes(page)
        await watch(page, stage)
        await expect(page.get_by_test_id("flow-sun")).to_be_attached()
        flows = frames[-1][0]["flows"]

        for place, name in (
            ("grid", "exportWatts"),
            ("sun", "generationWatts"),
            ("battery", "batteryInWatts"),
            ("home", "consumptionWatts"),
        ):
            text = f"{flows[name]:,.0f} W"
            await expect(page.get_by_test_id(f"flow-{place}")).to_have_text(text)
        await expect(page.locator(".power-flow li")).to_have_text(
            [
                f"To the grid: {flows['exportWatts']:,.0f} W.",
                (
                    f"From the sun: {flows['generationWatts']:,.0f} W, "
                    f"{flows['selfUseWatts']:,.0f} W of it used here."
                ),
                f"Into the battery: {flows['batteryInWatts']:,.0f} W.",
                f"The home uses {flows['consumptionWatts']:,.0f} W.",
            ]
        )
        await expect(page.locator(".power-flow svg")).to_have_attribute("aria-hidden", "true")


async def test_a_charger_is_drawn_as_a_car(stage, open_page):
    page = await open_page(stage.url)
    await watch(page, stage, "first")

    await expect(page.get_by_test_id("flow-car")).to_be_attached()
    await expect(page.get_by_test_id("flow-sun")).to_have_count(0)


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
async def test_it_moves_only_where_that_is_wanted(stages, open_page, motion, moves):
    async with (
        stages(simulator=NOON) as stage,
        await open_page(stage.url, reduced_motion=motion) as page,
    ):
        await watch(page, stage)
        await expect(page.locator(".flow-run").first).to_be_attached()

        assert (await page.evaluate(RUNNING) > 0) is moves
        await page.get_by_role("button", name="Hold still").click()
        await expect(page.locator(".power-flow.held")).to_be_visible()
        assert await page.evaluate(RUNNING) == 0
