"""The day and its costs fit any screen and keep nobody out."""

from playwright.async_api import expect

from tests.integration.browser.looks import screens, suits_everybody
from tests.integration.browser.today.conftest import FLAT


@screens
async def test_the_day_so_far(open_view, axe, screen):
    view = await open_view("today", solar=True, tariff=FLAT, reduced_motion="reduce", **screen)
    await expect(view.page.get_by_test_id("today-usual")).to_be_visible()

    await suits_everybody(view.page, axe, screen["viewport"])


@screens
async def test_the_picture_of_what_flows(open_view, axe, screen):
    view = await open_view("now", solar=True, reduced_motion="reduce", **screen)
    await expect(view.page.locator(".power-flow")).to_be_visible()

    await suits_everybody(view.page, axe, screen["viewport"])


@screens
async def test_the_costs_with_every_fold_open(open_view, axe, screen):
    view = await open_view("costs", tariff=FLAT, reduced_motion="reduce", **screen)
    await view.page.get_by_text("Every day in figures").click()
    await view.page.get_by_role("button", name="Add a tariff").press("Enter")
    await view.page.get_by_label("Two prices, by the time of day").check()
    await view.page.get_by_label("Summer has prices of its own").check()
    for part in await view.page.locator(".tariff-fold > summary").all():
        await part.click()
    for name in ("Add a demand charge", "Add one", "Add a tax"):
        await view.page.get_by_role("button", name=name, exact=True).click()
    await view.page.get_by_role("button", name="Save the tariff").click()
    await expect(view.page.get_by_role("alert").first).to_be_visible()

    await suits_everybody(view.page, axe, screen["viewport"])
