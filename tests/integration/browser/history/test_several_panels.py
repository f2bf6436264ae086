"""Circuits of several panels stand in one chart, which asks for all of them at once."""

import pytest
from playwright.async_api import expect

from tests.integration.browser.loop import in_browsers_loop

DAY = ("2024-06-10T00:00", "2024-06-11T00:00")


@in_browsers_loop
async def panels(stage, open_history):
    """A home with two panels, of which the list shows all."""
    person = await stage.sign_up()
    await stage.link(person, "combined@example.com", "combined-password")
    history = await open_history(person, viewport={"width": 1280, "height": 860})
    await history.show(*DAY)
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await history.page.get_by_label("Device", exact=True).select_option("All devices")
    return history


async def test_names_beside_each_other_tell_which_panel(panels):
    await panels.choice("Kitchen").check()
    await panels.choice("Dryer").check()

    await expect(panels.page.get_by_role("rowheader")).to_have_text(
        ["APanel, upper half", "BPanel, upper half: Kitchen", "CPanel, lower half: Dryer"]
    )
    await expect(panels.loaded).to_be_visible()
    for asked, series in zip(
        panels.asked[-2:],
        ("B Panel, upper half: Kitchen", "C Panel, lower half: Dryer"),
        strict=True,
    ):
        total = f"{sum(await panels.usages(asked)):.2f} kWh"
        await expect(panels.figure(series, "Total")).to_have_text(total)


async def test_all_series_of_a_range_are_one_request(panels):
    await panels.choice("Kitchen").check()
    await panels.choice("Dryer").check()
    await expect(panels.loaded).to_be_visible()
    asked = len(panels.requests)

    await panels.button("Earlier").click()

    await expect(panels.title).to_have_text("Sunday, June 9, 2024")
    await expect(panels.loaded).to_be_visible()
    assert panels.requests[asked:] == [["6301:1,2,3", "6301:2", "6302:1"]]


async def test_what_the_archive_has_not_is_asked_for_alone(panels):
    await panels.choice("Balance").first.check()
    await expect(panels.loaded).to_be_visible()
    asked = len(panels.requests)

    await panels.button("Earlier").click()
    await expect(panels.title).to_have_text("Sunday, June 9, 2024")
    await expect(panels.loaded).to_be_visible()
    assert panels.requests[asked:] == [["6301:1,2,3"], ["6301:Balance"]]

    await panels.measure("Cost")
    await expect(panels.unit).to_contain_text("US dollars")
    await expect(panels.loaded).to_be_visible()
    assert panels.requests[asked + 2 :] == [["6301:1,2,3"], ["6301:Balance"]]


async def test_the_whole_home_is_the_sum_of_its_panels(panels):
    await panels.choice("The whole home").check()
    await expect(panels.loaded).to_be_visible()
    asked = {**panels.asked[0], **panels.asked[-1]}
    mains = [
        await panels.usages({**asked, "gid": gid, "channels": "1,2,3"}) for gid in ("6301", "6302")
    ]

    sums = [sum(pair) for pair in zip(*mains, strict=True)]

    await expect(panels.figure("B The whole home", "Total")).to_have_text(f"{sum(sums):.2f} kWh")
    rows = await panels.rows()
    assert [float(row["The whole home (kWh)"]) for row in rows] == pytest.approx(sums)


async def test_a_home_with_one_panel_has_no_whole_to_choose(history):
    await history.page.get_by_label("Device", exact=True).select_option("All devices")

    await expect(history.page.get_by_role("checkbox", checked=True)).to_have_count(1)
    await expect(history.choice("The whole home")).to_have_count(0)


async def test_two_homes_whose_days_begin_apart_share_a_chart(stage, open_history):
    person = await stage.sign_up()
    await stage.link(person, "two@example.com", "two-password")
    history = await open_history(person, viewport={"width": 1280, "height": 860})
    await history.show(*DAY)
    await history.page.get_by_label("Device", exact=True).select_option("All devices")
    await expect(history.choice("The whole home")).to_have_count(0)
    await history.choice("Cabin in Anchorage").check()
    await history.page.get_by_label("Scale").select_option("day")
    await expect(history.unit).to_contain_text("kWh per day")
    await expect(history.loaded).to_be_visible()

    flat, cabin = history.asked[-2:]
    assert len(history.requests[-1]) == len(history.requests[-2]) == 1
    assert (flat["start"][:13], cabin["start"][:13]) == ("2024-06-09T23", "2024-06-09T08")
    total = f"{sum(await history.usages(cabin)):.2f} kWh"
    await expect(history.figure("B Cabin in Anchorage", "Total")).to_have_text(total)
