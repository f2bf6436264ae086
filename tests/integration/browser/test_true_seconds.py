"""Where the operator offers true seconds, the Now view has the choice, and says what they are."""

import re

from playwright.async_api import Page, expect

from tests.integration.browser.acts import see_samples, start_watching

TRUE_SECONDS = "True seconds, about a minute late"


async def test_true_seconds_are_chosen_shown_for_what_they_are_and_left_again(stages, open_page):
    async with stages(replay=True) as stage, await open_page(stage.url) as page:
        await start_watching(page, await stage.linked())
        await expect(page.get_by_label("Live", exact=True)).to_be_checked()

        await page.get_by_label(TRUE_SECONDS).check()

        await expect(page.get_by_text("a second that was measured")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_text("A minute late")
        await expect(page.get_by_text("Every second as it was measured")).to_be_visible()
        await see_samples(page, 2)
        await page.get_by_label("Live", exact=True).check()
        await expect(page.get_by_role("status")).to_have_text("Live")
        await expect(page.get_by_text(re.compile("a second that was measured"))).to_have_count(0)


async def test_where_they_are_not_offered_there_is_no_choice(page: Page, stage):
    async with page.expect_response("**/me/budget"):
        await start_watching(page, await stage.linked())

    await expect(page.get_by_label(TRUE_SECONDS)).to_have_count(0)


async def test_a_budget_that_can_not_carry_them_is_told_and_live_goes_on(stages, open_page):
    async with (
        stages(replay=True, emporia_daily_requests=1000) as stage,
        await open_page(stage.url) as page,
    ):
        await start_watching(page, await stage.linked())

        await page.get_by_label(TRUE_SECONDS).check()

        await expect(page.get_by_role("alert")).to_contain_text("more than the account's budget")
        await expect(page.get_by_label("Live", exact=True)).to_be_checked()
