"""What nobody knows is a gap: no zero on the page, and no zero in a file."""

from playwright.async_api import expect

KWH = "Mains (kWh)"


async def test_a_plug_that_was_offline_has_no_figures_and_no_zeros(history):
    await history.page.get_by_label("Device", exact=True).select_option("Aquarium (offline)")
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")

    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.figure("A Aquarium", "Missing")).to_have_text("24")
    for column in ("Total", "Mean", "Peak", "When"):
        await expect(history.figure("A Aquarium", column)).to_have_text("\N{EN DASH}")
    await expect(history.legend).to_contain_text("no data")
    await history.chart.press("Home")
    await expect(history.spoken).to_contain_text("Aquarium: no data")
    rows = await history.rows()
    assert [row["Aquarium (kWh)"] for row in rows] == [""] * 24


async def test_a_gap_is_left_out_of_the_figures_and_left_empty_in_the_file(history, stage):
    await history.show("2024-05-01T00:00", "2024-07-02T00:00")
    await expect(history.unit).to_contain_text("kWh per day")
    await expect(history.loaded).to_be_visible()
    # Emporia is asked for so many hours in two halves, of which one comes back empty.
    await stage.fault(kind="null_usage", route="getChartUsage", times=1)
    await history.page.get_by_label("Scale").select_option("hour")

    await expect(history.unit).to_contain_text("kWh per hour")
    await expect(history.figure("A Mains", "Missing")).to_have_text("744")
    rows = await history.rows()
    known = [float(row[KWH]) for row in rows if row[KWH]]
    assert (len(rows), len(known)) == (2 * 744, 744)
    assert min(known) > 0
    await expect(history.figure("A Mains", "Total")).to_have_text(f"{sum(known):,.2f} kWh")
    mean = f"{sum(known) / 744 * 1_000:,.0f} W"
    await expect(history.figure("A Mains", "Mean")).to_have_text(mean)


async def test_what_is_yet_to_come_is_neither_missing_nor_in_the_file(history):
    await history.show("2024-01-01T00:00", "2043-12-31T00:00")

    await expect(history.unit).to_contain_text("kWh per bill")
    await expect(history.figure("A Mains", "Missing")).to_have_text("0")
    await history.chart.press("End")
    await expect(history.spoken).to_contain_text("Mains: yet to come")
    rows = await history.rows()
    assert rows[0]["Start (local)"] == "2023-12-05T00:00:00-05:00"
    assert all(row[KWH] for row in rows)
