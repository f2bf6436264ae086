"""A budget that runs low makes samples rare, and the page says how old they are and why."""

import re
from datetime import UTC, datetime

from playwright.async_api import expect

from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import start_watching

A_DAY = SimulatorOptions(start=datetime(2025, 7, 8, 16, 30, tzinfo=UTC))
"""A day's energy is asked for at once, but not just after midnight."""


async def spend(stage, person, requests: int) -> None:
    """Let the account's budget have so many requests less."""
    question = {"instant": "2025-07-08", "scale": "1H", "energyUnit": "KilowattHours"}
    for _ in range(requests):
        assert (await stage.get("/devices/instant", person, **question)).status_code == 200


async def test_a_rare_sample_tells_its_age_and_when_the_next_is_due(stages, open_page):
    async with stages(emporia_daily_requests=60) as stage, await open_page(stage.url) as page:
        person = await stage.linked()
        await spend(stage, person, 20)
        await start_watching(page, person)
        await page.clock.install()
        await page.clock.fast_forward("00:30")

        sentence = re.compile(
            r"^At 1?\d:\d\d:\d\d [AP]M, \d\d s ago\. "
            r"Samples are rare to save requests; the next is due in \d+ min\.$"
        )
        await expect(page.get_by_role("paragraph").filter(has_text="ago")).to_have_text(sentence)
        await expect(page.get_by_role("status")).to_have_text("Live")
        await expect(page.get_by_text("Stale")).to_have_count(0)


async def test_what_is_left_of_the_budget_is_told(stages, open_page):
    async with stages(emporia_daily_requests=10) as stage, await open_page(stage.url) as page:
        await start_watching(page, await stage.linked())
        await page.get_by_role("link", name="Home", exact=True).click()

        await expect(
            page.get_by_text(re.compile(r"^[1-9] of 10 left for these 24 hours\.$"))
        ).to_be_visible()
        await expect(page.get_by_role("meter", name="Requests left")).to_be_visible()


async def test_what_a_spent_budget_refuses_is_said_in_its_own_sentence(stages, open_page, faults):
    faults.expect("^answer 503: GET .*/(history|instant)")
    async with (
        stages(simulator=A_DAY, emporia_daily_requests=3) as stage,
        await open_page(stage.url) as page,
    ):
        await start_watching(page, await stage.linked())

        await expect(
            page.get_by_text(
                "missing: The request budget for this Emporia account is spent for now."
            )
        ).to_be_visible()
