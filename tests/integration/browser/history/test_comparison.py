"""A period stands beside the one before it, bucket by bucket and in figures."""

import re

import pytest
from playwright.async_api import expect


def number_of(figure: str) -> float:
    """What stands before the unit."""
    found = re.match(r"[+-]?[\d.,]+", figure)
    assert found is not None
    return float(found[0].replace(",", ""))


async def test_the_days_before_are_asked_for_and_set_beside_the_days(history):
    await history.show("2024-06-02T00:00", "2024-07-02T00:00")
    await history.page.get_by_label("Compare with the period before").check()
    await expect(history.unit).to_contain_text("kWh per day")
    await expect(history.loaded).to_be_visible()
    asked, asked_before = history.asked[-2:]
    assert asked["start"] == asked_before["end"] == "2024-06-02T04:00:00.000Z"
    assert asked_before["start"] == "2024-05-03T04:00:00.000Z"
    days, days_before = await history.usages(asked), await history.usages(asked_before)
    kwh, before = sum(days), sum(days_before)

    await expect(history.figure("A Mains", "Total")).to_have_text(f"{kwh:,.2f} kWh")
    await expect(history.figure("A Mains", "Before")).to_have_text(f"{before:,.2f} kWh")
    await expect(history.figure("A Mains", "Difference")).to_have_text(
        f"{kwh - before:+,.2f}{kwh / before - 1:+.1%}"
    )
    await expect(history.legend).to_contain_text(f"A\N{PRIME}before{before:,.2f} kWh")
    await history.chart.press("Home")
    await expect(history.spoken).to_have_text(
        f"Sun, Jun 2, 2024; Mains: {days[0]:.2f} kWh, before: {days_before[0]:.2f} kWh"
    )
    rows = await history.rows()
    assert [float(row["Mains (kWh)"]) for row in rows] == pytest.approx(days)
    compared = [float(row["Mains, period before (kWh)"]) for row in rows]
    assert compared == pytest.approx(days_before)


async def test_total_before_and_difference_leave_out_the_bucket_that_still_grows(history):
    await history.preset("Last 30 days")  # of which today is the bucket that grows, at any hour
    await history.page.get_by_label("Compare with the period before").check()
    await expect(history.loaded).to_be_visible()
    await expect(history.page.get_by_text("complete in both periods")).to_be_visible()

    figures = [
        await history.figure("A Mains", column).inner_text()
        for column in ("Total", "Before", "Difference")
    ]
    total, before, difference = map(number_of, figures)
    assert difference == pytest.approx(total - before, abs=0.011)
    await expect(history.legend).to_contain_text(f"{total:,.2f} kWh")


@pytest.mark.parametrize("measure", ["kWh", "Watts", "Cost"])
async def test_nothing_of_a_comparison_is_cut_off_on_a_desk(history, measure):
    await history.choice("Dehumidifier").check()
    await history.choice("Living Room").check()
    await history.preset("Last 30 days")
    await history.measure(measure)
    await history.page.get_by_label("Compare with the period before").check()
    await expect(history.loaded).to_be_visible()

    await expect(history.figure("C Living Room", "Difference")).to_have_text(re.compile(r"%"))
    assert (
        await history.page.locator(".history-scroll").evaluate(
            "element => element.scrollWidth - element.clientWidth"
        )
        == 0
    )
