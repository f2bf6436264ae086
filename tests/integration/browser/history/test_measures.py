"""The same history as energy, as power and as money: the three agree."""

from playwright.async_api import expect

CENTS_PER_KWH = 17.5


async def test_watts_are_those_of_the_energy_and_cost_is_its_price(history):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    asked = len(history.asked)
    hours = await history.usages(history.asked[-1])
    kwh = sum(hours)
    await expect(history.figure("A Mains", "Peak")).to_have_text(f"{max(hours):.2f} kWh")

    await history.measure("Watts")

    await expect(history.unit).to_contain_text("Watts, mean of each hour")
    await expect(history.figure("A Mains", "Total")).to_have_text(f"{kwh:.2f} kWh")
    await expect(history.figure("A Mains", "Mean")).to_have_text(f"{kwh / 24 * 1_000:,.0f} W")
    await expect(history.figure("A Mains", "Peak")).to_have_text(f"{max(hours) * 1_000:,.0f} W")
    assert len(history.asked) == asked

    await history.measure("Cost")

    await expect(history.unit).to_contain_text("US dollars per hour")
    dollars = f"${kwh * CENTS_PER_KWH / 100:.2f}"
    await expect(history.figure("A Mains", "Total")).to_have_text(dollars)
    await expect(history.figure("A Mains", "Mean")).to_have_text(dollars)  # of one day
    assert history.asked[-1]["energyUnit"] == "Dollars"
    rows = await history.rows()
    assert f"${sum(float(row['Mains (USD)']) for row in rows):.2f}" == dollars
