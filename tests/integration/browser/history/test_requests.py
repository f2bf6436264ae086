"""Emporia's requests are few: what was had is not asked for twice, what is unwanted is let go."""

from playwright.async_api import expect


async def test_nothing_is_asked_twice_while_somebody_switches_to_and_fro(history):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await history.choice("Fridge").check()
    await expect(history.legend).to_have_count(2)
    await expect(history.loaded).to_be_visible()
    await history.button("Earlier").click()
    await expect(history.title).to_have_text("Sunday, June 9, 2024")
    await expect(history.loaded).to_be_visible()
    await history.measure("Cost")
    await expect(history.unit).to_contain_text("US dollars")
    await expect(history.loaded).to_be_visible()
    asked = len(history.asked)
    assert asked == 1 + 2 + 2 + 2  # today, and two circuits on two days and in dollars

    await history.measure("Watts")
    await history.button("Later").click()
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await history.choice("Fridge").uncheck()
    await history.choice("Fridge").check()
    await history.button("Back").click()
    await expect(history.title).to_have_text("Sunday, June 9, 2024")
    await history.measure("Cost")
    await expect(history.unit).to_contain_text("US dollars")
    await expect(history.loaded).to_be_visible()

    assert len(history.asked) == asked
    assert len({tuple(one.items()) for one in history.asked}) == asked


async def test_who_comes_back_from_another_view_finds_what_they_left(history):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await history.choice("Fridge").check()
    await history.measure("Watts")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    asked = len(history.asked)

    await history.page.get_by_role("link", name="Now").click()
    await history.page.get_by_test_id("home-watts").wait_for()
    await history.page.get_by_role("link", name="History").click()

    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.unit).to_contain_text("Watts")
    await expect(history.page.get_by_role("rowheader")).to_have_text(["AMains", "BFridge"])
    await expect(history.loaded).to_be_visible()
    assert len(history.asked) == asked


async def test_refreshing_asks_again_for_what_is_not_over_and_only_for_that(history):
    async with history.page.expect_request("**/history?*scale=15MIN*"):
        await history.button("Refresh").click()
    await expect(history.loaded).to_be_visible()
    assert len(history.asked) == 2

    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    await history.button("Refresh").click()
    await history.choice("Fridge").check()
    await expect(history.legend).to_have_count(2)
    await expect(history.loaded).to_be_visible()

    assert [one["channels"] for one in history.asked[2:]] == ["1,2,3", "1"]


async def test_a_request_that_is_no_longer_wanted_ends(history):
    held = []
    await history.page.route("**/history?*start=2024-06-10T04*", lambda route: held.append(route))
    async with history.page.expect_request("**/history?*start=2024-06-10T04*"):
        await history.show("2024-06-10T00:00", "2024-06-11T00:00")

    async with history.page.expect_event("requestfailed") as failing:
        await history.show("2024-06-11T00:00", "2024-06-12T00:00")

    assert [await failing.value] == [route.request for route in held]
    await expect(history.title).to_have_text("Tuesday, June 11, 2024")
    await expect(history.loaded).to_be_visible()
