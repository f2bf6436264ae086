"""Several circuits stand in one chart, and no colour is needed to tell them apart."""

from playwright.async_api import expect

DASHES = "samples => samples.map((line) => line.getAttribute('stroke-dasharray'))"


async def test_each_circuit_has_a_letter_a_dash_and_figures_of_its_own(history):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    for name in ("Heat Pump", "Office", "EV Charger"):
        await history.choice(name).check()

    await expect(history.page.get_by_role("rowheader")).to_have_text(
        ["AMains", "BHeat Pump", "COffice", "DEV Charger"]
    )
    await expect(history.loaded).to_be_visible()
    assert len(set(await history.legend.locator("line").evaluate_all(DASHES))) == 4
    asked = history.asked[-4:]
    assert [(one["gid"], one["channels"]) for one in asked] == [
        ("1001", "1,2,3"),
        ("1001", "3"),
        ("1001", "4"),
        ("1003", "1,2,3"),
    ]
    names = ("A Mains", "B Heat Pump", "C Office", "D EV Charger")
    for one, series in zip(asked, names, strict=True):
        total = f"{sum(await history.usages(one)):.2f} kWh"
        await expect(history.figure(series, "Total")).to_have_text(total)
        await expect(history.legend.filter(has_text=series[2:])).to_contain_text(total)


async def test_a_circuit_keeps_its_letter_while_others_come_and_go(history):
    for name in ("Fridge", "Heat Pump"):
        await history.choice(name).check()
    await history.choice("Mains").uncheck()
    await expect(history.page.get_by_role("rowheader")).to_have_text(["BFridge", "CHeat Pump"])

    await history.choice("Office").check()

    await expect(history.page.get_by_role("rowheader")).to_have_text(
        ["BFridge", "CHeat Pump", "AOffice"]
    )
