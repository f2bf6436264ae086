"""A thousand circuits are all there, and the page goes on answering while they move."""

from playwright.async_api import Page, expect

from tests.integration.browser.acts import see_samples, start_watching

PANELS, ROWS_A_PANEL = 63, 17
"""Sixteen circuits, and what they leave of the mains."""

WATTS = "rows => rows.map((row) => Number(row.cells[1].textContent.replaceAll(',', '')))"
BEAT = "() => { window.beats = 0; setInterval(() => { window.beats += 1; }, 50); }"


async def watch_mill(page: Page, stage) -> None:
    """Sign in with the mill linked, and see a sample."""
    person = await stage.sign_up()
    await stage.link(person, "mill@example.com", "mill-password")
    await start_watching(page, person)


async def test_they_are_folded_by_panel_at_first(page, stage):
    await watch_mill(page, stage)
    panels = page.locator("tr[data-panel]")

    await expect(panels).to_have_count(PANELS)
    await expect(page.locator("tr[data-key]")).to_have_count(0)
    await expect(panels.first).to_contain_text("Hall 1 Panel 1")
    await expect(panels.last).to_contain_text("Hall 7 Panel 9")
    await page.get_by_role("button", name="Hall 7 Panel 9").click()
    rows = page.locator("tr[data-key]")
    await expect(rows).to_have_count(ROWS_A_PANEL)
    watts = await rows.evaluate_all(WATTS)
    assert watts == sorted(watts, reverse=True)
    await page.get_by_role("button", name="Hall 7 Panel 9").click()
    await expect(rows).to_have_count(0)


async def test_all_of_them_are_there_and_sorted_in_every_sample(page, stage):
    await watch_mill(page, stage)
    await page.get_by_label("Group by panel").uncheck()
    rows = page.locator("tr[data-key]")
    await expect(rows).to_have_count(PANELS * ROWS_A_PANEL)

    first = await rows.evaluate_all(WATTS)
    await see_samples(page, 1)
    second = await rows.evaluate_all(WATTS)

    assert len(first) == len(second) == PANELS * ROWS_A_PANEL
    assert first == sorted(first, reverse=True)
    assert second == sorted(second, reverse=True)
    assert first != second
    await rows.last.scroll_into_view_if_needed()
    await expect(rows.last).to_be_in_viewport()


async def test_one_of_them_is_found_by_its_name(page, stage):
    await watch_mill(page, stage)
    rows = page.locator("tr[data-key]")

    await page.get_by_label("Find a circuit").fill("hall 7 lights")
    await expect(rows).to_have_count(9)
    await page.get_by_label("Find a circuit").fill("Hall 7 Lights 9")
    await expect(rows).to_have_count(1)
    await expect(page.locator("tr[data-panel]")).to_contain_text("Hall 7 Panel 9")
    await page.get_by_label("Find a circuit").fill("cellar")
    await expect(page.get_by_text("No circuit has that in its name.")).to_be_visible()


async def test_circuits_of_the_same_kind_tell_their_panel(page, stage):
    await watch_mill(page, stage)
    await page.get_by_label("Group by panel").uncheck()

    await expect(page.get_by_role("rowheader", name="Hall 7 Lights 9")).to_contain_text(
        "Hall 7 Panel 9"
    )
    await expect(page.get_by_role("rowheader", name="Balance")).to_have_count(PANELS)


async def test_the_page_answers_while_they_move(page, stage):
    await watch_mill(page, stage)
    await page.get_by_label("Group by panel").uncheck()
    await page.evaluate(BEAT)

    await see_samples(page, 2)
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_role("heading", level=3)).to_have_count(PANELS)
    await page.get_by_role("link", name="Now", exact=True).click()
    await see_samples(page, 2)

    await expect(page.get_by_role("status")).to_have_text("Live")
    assert await page.evaluate("window.beats") >= 20
