"""What could not be loaded is said in the API's own words; what could be stays in view."""

import re

from playwright.async_api import expect

IN_SECONDS = re.compile(r"^in \d+ s$")


async def test_a_circuit_that_fails_is_told_of_and_asked_for_again(history, stage, faults):
    faults.expect("answer 503")
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    mains = await history.figure("A Mains", "Total").inner_text()
    await stage.fault(kind="server_error", route="getChartUsage")

    await history.choice("Heat Pump").check()

    alert = history.page.get_by_role("alert")
    await expect(alert).to_contain_text("Emporia's cloud is not available right now. (Heat Pump)")
    await expect(history.figure("A Mains", "Total")).to_have_text(mains)
    await expect(history.legend.filter(has_text="Heat Pump")).to_contain_text("not loaded")
    for _ in range(5):  # failures in a row make pauses longer than a second
        if await alert.get_by_text(IN_SECONDS).is_visible():
            break
        async with history.page.expect_response("**/history?*"):
            await history.button("Try again").click()
        await expect(history.page.get_by_text("Loading")).to_have_count(0)
    await expect(alert.get_by_text(IN_SECONDS)).to_be_visible()
    await stage.heal()
    asked = len(history.asked)

    while await alert.is_visible():  # for some seconds the gateway does not ask Emporia again
        async with history.page.expect_response("**/history?*"):
            await history.button("Try again").click()
        await expect(history.page.get_by_text("Loading")).to_have_count(0)

    total = f"{sum(await history.usages(history.asked[-1])):.2f} kWh"
    await expect(history.figure("B Heat Pump", "Total")).to_have_text(total)
    assert {one["channels"] for one in history.asked[asked:]} == {"3"}


async def test_a_range_of_which_nothing_came_has_no_figures_and_no_files(history, stage, faults):
    faults.expect("answer 502")
    await stage.fault(kind="truncated_json", route="getChartUsage")

    await history.show("2024-06-10T00:00", "2024-06-11T00:00")

    await expect(history.page.get_by_role("alert")).to_contain_text(
        "Emporia's cloud gave an answer that could not be read. (Mains)"
    )
    await expect(history.page.get_by_role("row").last).to_contain_text("Not loaded")
    for kind in ("CSV", "PNG"):
        button = history.button(f"Download {kind}")
        await expect(button).to_have_attribute("aria-disabled", "true")
