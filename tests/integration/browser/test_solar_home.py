"""A home that gives more than it takes says so in words, figures and patterns."""

import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import Page, expect

from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import start_watching

MIDSUMMER_NOON = SimulatorOptions(start=datetime(2025, 6, 21, 11, 30, tzinfo=UTC), speed=0)
"""Half past one in Berlin, for ever."""

NIGHT = SimulatorOptions(start=datetime(2025, 6, 21, 0, 30, tzinfo=UTC), speed=0)


async def watch(page: Page, stage) -> None:
    """Sign in with the solar home linked, and see a sample."""
    person = await stage.sign_up()
    await stage.link(person, "solar@example.com", "solar-password")
    await start_watching(page, person)


async def test_what_it_uses_is_told_and_beside_it_where_power_comes_from_and_goes_to(
    stages, open_page
):
    async with stages(simulator=MIDSUMMER_NOON) as stage, await open_page(stage.url) as page:
        await watch(page, stage)

        await expect(page.get_by_role("heading", level=1)).to_have_text("The home uses")
        await expect(page.get_by_test_id("home-watts")).to_have_text("517")
        await expect(page.get_by_test_id("instant")).to_have_text("1:30:00 PM")
        await expect(page.get_by_role("term")).to_have_text(
            ["From the grid today, net", "To the grid", "Sun gives", "Battery charges"]
        )
        await expect(page.get_by_role("definition")).to_have_text(
            ["-31.23 kWh", "7,974 W", "9,797 W", re.compile("^1,30[56] W$")]
        )


async def test_a_bar_of_what_gives_says_so_and_differs_in_its_pattern(stages, open_page):
    async with stages(simulator=MIDSUMMER_NOON) as stage, await open_page(stage.url) as page:
        await watch(page, stage)

        rows = page.get_by_role("row")
        solar = rows.filter(has=page.get_by_role("rowheader", name="Solar"))
        await expect(solar).to_have_text("Solar -9,797 gives -46.38", use_inner_text=True)
        await expect(rows.filter(has_text="gives")).to_have_count(1)
        await expect(rows.last).to_contain_text("Solar")
        pattern = solar.locator(".fill")
        plain = rows.filter(has_text="Kitchen").locator(".fill")
        await expect(pattern).to_have_css("background-image", re.compile("repeating-linear"))
        await expect(plain).to_have_css("background-image", "none")


async def test_bars_have_one_measure_and_a_circuit_stands_where_its_devices_do(stages, open_page):
    async with stages(simulator=MIDSUMMER_NOON) as stage, await open_page(stage.url) as page:
        await watch(page, stage)

        rows = page.locator("tr[data-key]")
        names = await rows.locator(".label").all_inner_texts()
        assert names[:2] == ["Battery", "Battery"]
        filled = await rows.locator(".fill").evaluate_all(
            "bars => bars.map(({ style }) => Number(/[\\d.]+/.exec(style.transform)[0]))"
        )
        watts = [
            abs(int(text.replace(",", "")))
            for text in await page.locator("tr[data-key] td.watts").all_inner_texts()
        ]
        assert filled == pytest.approx([one / max(watts) for one in watts], abs=0.01)
        assert filled.count(1) == 1


async def test_a_circuit_that_nobody_named_is_shown_by_its_number(stages, open_page):
    async with stages(simulator=MIDSUMMER_NOON) as stage, await open_page(stage.url) as page:
        await watch(page, stage)

        row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Circuit 3"))
        await expect(row).to_contain_text("not set up")


async def test_shares_are_of_what_the_home_uses_and_a_battery_that_charges_has_none(
    stages, open_page
):
    async with stages(simulator=MIDSUMMER_NOON) as stage, await open_page(stage.url) as page:
        await watch(page, stage)

        battery = page.get_by_role("row").filter(has_text="Battery").nth(1)
        await expect(battery).to_have_text("Battery 1,304 \N{EN DASH} 7.09", use_inner_text=True)
        cells = page.get_by_role("row").filter(has_text="Kitchen").get_by_role("cell")
        watts, share, _ = await cells.all_inner_texts()
        used = await page.get_by_test_id("home-watts").inner_text()
        assert int(share.removesuffix("%")) == pytest.approx(100 * int(watts) / int(used), abs=1)


async def test_at_night_the_sun_gives_nothing_and_nothing_is_exported(stages, open_page):
    async with stages(simulator=NIGHT) as stage, await open_page(stage.url) as page:
        await watch(page, stage)

        await expect(page.get_by_role("heading", level=1)).to_have_text("The home uses")
        await expect(page.get_by_role("term").nth(1)).to_have_text("From the grid")
        await expect(page.get_by_test_id("solar-watts")).to_have_text("0 W")
        await expect(page.get_by_role("row").filter(has_text="gives")).to_have_count(0)
