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


async def test_all_of_them_are_there_and_sorted_in_every_sample(page, stage):
    await watch_mill(page, stage)
    rows = page.locator("tr[data-key]")

    first = await rows.evaluate_all(WATTS)
    await see_samples(page, 1)
    second = await rows.evaluate_all(WATTS)

    assert len(first) == len(second) == PANELS * ROWS_A_PANEL
    assert first == sorted(first, reverse=True)
    assert second == sorted(second, reverse=True)
    assert first != second
    await rows.last.scroll_into_view_if_needed()
    await expect(rows.last).to_be_in_viewport()


async def test_circuits_of_the_same_kind_tell_their_panel(page, stage):
    await watch_mill(page, stage)

    await expect(page.get_by_role("rowheader", name="Hall 7 Lights 9")).to_contain_text(
        "Hall 7 Panel 9"
    )
    await expect(page.get_by_role("rowheader", name="Balance")).to_have_count(PANELS)


async def test_the_page_answers_while_they_move(page, stage):
    await watch_mill(page, stage)
    await page.evaluate(BEAT)

    await see_samples(page, 2)
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_role("heading", level=3)).to_have_count(PANELS)
    await page.get_by_role("link", name="Now", exact=True).click()
    await see_samples(page, 2)

    await expect(page.get_by_role("status")).to_have_text("Live")
    assert await page.evaluate("window.beats") >= 20
