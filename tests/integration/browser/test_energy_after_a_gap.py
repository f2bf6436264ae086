"""However long the page was closed, today's kWh is what the API's own history comes to."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from adapters.system.clock import SystemClock
from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import see_samples, start_watching

LUNCH = datetime(2025, 7, 8, 16, 30, tzinfo=UTC)
"""Half past twelve in New York, when the home draws more than 3 kW."""

MIDNIGHT = "2025-07-08T04:00:00Z"
PANEL = 1001
HALF_A_DIGIT_AND_A_SECOND_KWH = 0.007


@pytest.fixture
def forward(monkeypatch):
    """Moves the gateway's clock; it shows lunch time at first."""
    moved = [LUNCH - datetime.now(UTC)]
    monkeypatch.setattr(SystemClock, "now", lambda _: datetime.now(UTC) + moved[0])

    def move(by: timedelta) -> datetime:
        moved[0] += by
        return datetime.now(UTC) + moved[0]

    return move


async def kwh_on_the_page(page: Page) -> float:
    """Today's, as soon as it is known."""
    figure = page.get_by_role("definition").first
    await expect(figure).to_have_text(re.compile(r"^\d+\.\d\d kWh$"))
    return float((await figure.inner_text()).removesuffix(" kWh"))


async def kwh_of_the_api(stage, person, until: datetime) -> float:
    """The sum of the day's minutes."""
    answer = await stage.get(
        f"/devices/{PANEL}/history",
        person,
        channels="1,2,3",
        start=MIDNIGHT,
        end=until.isoformat(),
        scale="15MIN",
        energyUnit="KilowattHours",
    )
    kilowatt_hours: list[float] = answer.json()["usageList"]
    return sum(kilowatt_hours)


@pytest.mark.parametrize("minutes", [1, 4, 9, 25])
async def test_after_so_many_minutes_it_is_what_the_history_comes_to(
    stages, open_page, forward, eventually, monkeypatch, minutes
):
    monkeypatch.setattr("application.live.feed.linger.LINGER_SECONDS", 0.0)
    gap = timedelta(minutes=minutes)
    async with (
        stages(simulator=SimulatorOptions(start=LUNCH)) as stage,
        await open_page(stage.url) as page,
    ):
        await page.clock.install(time=LUNCH)
        await page.reload()
        person = await stage.linked()
        await start_watching(page, person)
        before = await kwh_on_the_page(page)
        await page.goto("about:blank")
        # A poll between the two clocks' leaps would be told a cloud that is minutes behind.
        await eventually(lambda: stage.container.feeds().count == 0)

        now = forward(gap)
        await stage.cloud.put("/simulator/clock", json={"now": now.isoformat()})
        await page.clock.fast_forward(gap.total_seconds() * 1_000)
        await page.goto(f"{stage.url}/#/now")
        await see_samples(page, 2)

        shown = await kwh_on_the_page(page)
        told = await kwh_of_the_api(stage, person, forward(timedelta()))
        assert shown - before > minutes * 0.015
        assert shown == pytest.approx(told, abs=HALF_A_DIGIT_AND_A_SECOND_KWH)
