"""A day on which the clock changes has as many hours as it had, each under a name of its own."""

import re

import pytest
from playwright.async_api import expect

MAINS_BY_HOUR = {
    "gid": "1001",
    "channels": "1,2,3",
    "scale": "1H",
    "energyUnit": "KilowattHours",
}


async def test_the_hour_that_comes_twice_is_there_twice(history):
    asked = {
        **MAINS_BY_HOUR,
        "start": "2024-11-03T04:00:00.000Z",
        "end": "2024-11-04T05:00:00.000Z",
    }
    usages = await history.usages(asked)

    await history.show("2024-11-03T00:00", "2024-11-04T00:00")

    await expect(history.title).to_have_text("Sunday, November 3, 2024")
    await expect(history.figure("A Mains", "Total")).to_have_text(f"{sum(usages):.2f} kWh")
    assert history.asked[-1] == asked
    rows = await history.rows()
    assert len(rows) == 25
    assert [row["Start (local)"] for row in rows[:4]] == [
        "2024-11-03T00:00:00-04:00",
        "2024-11-03T01:00:00-04:00",
        "2024-11-03T01:00:00-05:00",
        "2024-11-03T02:00:00-05:00",
    ]
    assert rows[-1]["Start (UTC)"] == "2024-11-04T04:00:00Z"
    assert [float(row["Mains (kWh)"]) for row in rows] == pytest.approx(usages)
    await history.chart.press("Home")
    await history.chart.press("ArrowRight")
    await expect(history.spoken).to_contain_text("1:00 AM EDT")
    await history.chart.press("ArrowRight")
    await expect(history.spoken).to_contain_text(re.compile(r"1:00\W+2:00 AM EST"))


async def test_the_hour_that_is_skipped_is_not_there(history):
    asked = {
        **MAINS_BY_HOUR,
        "start": "2024-03-10T05:00:00.000Z",
        "end": "2024-03-11T04:00:00.000Z",
    }
    usages = await history.usages(asked)

    await history.show("2024-03-10T00:00", "2024-03-11T00:00")

    await expect(history.figure("A Mains", "Total")).to_have_text(f"{sum(usages):.2f} kWh")
    assert history.asked[-1] == asked
    rows = await history.rows()
    assert len(rows) == 23
    assert [row["Start (local)"] for row in rows[1:3]] == [
        "2024-03-10T01:00:00-05:00",
        "2024-03-10T03:00:00-04:00",
    ]
    assert [float(row["Mains (kWh)"]) for row in rows] == pytest.approx(usages)
