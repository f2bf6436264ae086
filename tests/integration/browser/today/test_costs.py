"""What a home costs on the page is what the gateway answers, and tariffs are filled in by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from playwright.async_api import expect

from tests.integration.browser.looks import FITS, NARROW_PHONE
from tests.integration.browser.today.conftest import FLAT

UNKNOWN = "\N{EN DASH}"
NUMBERS = """() => [...document.querySelectorAll(".costs-day")]
  .filter((day) => getComputedStyle(day).color !== "rgba(0, 0, 0, 0)")
  .map((day) => {
    const text = document.createRange();
    text.selectNodeContents(day);
    const { left, right } = text.getBoundingClientRect();
    return { left, right, isWhole: getComputedStyle(day).overflow === "visible" };
  })"""
"""Where the numbers of the days stand that are shown."""


def dollars(amount: str | None) -> str:
    """As the page writes money; the gateway tells it as text."""
    return UNKNOWN if amount is None else f"${Decimal(amount):,.2f}"


async def open_costs(open_view, **options):
    """The costs, of hours that somebody has looked at before."""
    view = await open_view("now", tariff=FLAT, **options)
    now = datetime.now(UTC)
    for start in (now - timedelta(days=40), now - timedelta(days=10)):
        answer = await view.stage.get(
            "/flows", view.person, start=start.isoformat(), end=now.isoformat(), scale="1H"
        )
        assert answer.status_code == 200
    await view.page.get_by_role("navigation").get_by_role("link", name="Costs").click()
    await expect(view.page.get_by_test_id("bill-amount")).to_be_visible()
    return view


async def test_the_bill_so_far_the_forecast_and_the_bill_before_are_told(open_view):
    view = await open_costs(open_view)
    told = await view.answer("/costs", by="bill", split="line")
    before, current = told["rows"][-2:]

    assert await view.text("bill-amount") == dollars(current["amount"])
    assert await view.text("bill-kwh") == f"{current['kwh']:,.2f}"
    assert await view.text("before-amount") == dollars(before["amount"])
    if told["forecast"] is not None:
        assert await view.text("bill-forecast") == dollars(told["forecast"]["total"])
    lines = view.page.locator("[data-line]")
    await expect(lines.locator("td")).to_have_text(
        [dollars(line["amount"]) for line in current["lines"]]
    )


async def test_the_bill_is_told_by_circuit_the_dearest_first(open_view):
    view = await open_costs(open_view)
    told = await view.answer("/costs", by="bill", split="circuit")
    used = [one for one in told["rows"][-1]["circuits"] if one["kwh"]]
    rows = view.page.locator("[data-circuit]")

    await expect(rows).to_have_count(len(used))
    for one in used:
        row = view.page.locator(
            f"[data-circuit='{one['deviceGid']}/{one['channel']}'] td"
            if one["deviceGid"]
            else "[data-circuit='null/null'] td"
        )
        await expect(row).to_have_text([f"{one['kwh']:,.2f}", dollars(one["amount"])])


async def test_each_day_of_the_bill_is_a_bar_and_a_row(open_view):
    view = await open_costs(open_view)
    bill = (await view.answer("/costs", by="bill", split="line"))["rows"][-1]
    days = [
        day
        for day in (await view.answer("/costs", by="day"))["rows"]
        if day["start"] >= bill["start"]
    ]
    await view.page.get_by_text("Every day in figures").click()

    await expect(view.page.locator(".costs-bar")).to_have_count(len(days))
    await expect(view.page.locator("[data-day] td:last-child")).to_have_text(
        [dollars(day["amount"]) for day in days]
    )


async def test_the_numbers_of_the_days_are_whole_and_apart_on_a_narrow_phone(open_view):
    view = await open_costs(open_view, viewport=NARROW_PHONE)
    await expect(view.page.locator(".costs-day").first).to_be_visible()

    numbers = await view.page.evaluate(NUMBERS)

    assert await view.page.evaluate(FITS)
    assert all(number["isWhole"] for number in numbers)
    assert all(one["right"] <= other["left"] for one, other in pairwise(numbers))


async def test_a_tariff_is_filled_in_changed_and_removed(open_view):
    view = await open_view("costs")
    page = view.page
    await expect(page.get_by_text("No tariff is for this home yet.")).to_be_visible()
    await page.get_by_role("button", name="Add a tariff").press("Enter")
    await expect(page.get_by_label("Name", exact=True)).to_be_focused()
    await page.get_by_label("Name", exact=True).fill("Evening plan")
    await page.get_by_label("It holds from").fill("2025-01-01")
    await page.get_by_label("Two prices, by the time of day").check()
    await page.get_by_label("Price in high-price hours", exact=True).fill("0,42")
    await page.get_by_label("Price at other times", exact=True).fill("0.18")
    await page.get_by_label("Fixed charge").fill("9.50")
    await page.get_by_role("button", name="Save the tariff").click()

    await expect(page.get_by_text("The tariff is saved.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Tariffs")).to_be_focused()
    await expect(page.get_by_test_id("bill-amount")).to_be_visible()
    (kept,) = (await view.stage.get("/me/tariffs", view.person)).json()["tariffs"]
    (rates,) = kept["tariff"]["rates"]
    assert kept["tariff"]["currency"] == "USD"
    assert [period["tiers"][0]["price"] for period in rates["energy"]["periods"]] == [
        "0.18",
        "0.42",
    ]
    schedule = rates["energy"]["schedule"]
    assert schedule["weekday"][0] == [0] * 16 + [1] * 5 + [0] * 3
    assert schedule["weekend"][0] == [0] * 24

    await page.get_by_role("button", name="Change Evening plan").click()
    await expect(page.get_by_label("Price in high-price hours", exact=True)).to_have_value("0.42")
    await page.get_by_label("A price of its own for each kWh").check()
    await page.get_by_label("Credit for a kWh").fill("0.08")
    await page.get_by_role("button", name="Save the tariff").click()
    await expect(page.get_by_text("The tariff is saved.")).to_be_visible()
    (kept,) = (await view.stage.get("/me/tariffs", view.person)).json()["tariffs"]
    assert kept["tariff"]["rates"][0]["netBilling"]["periods"][0]["price"] == "0.08"

    await page.get_by_role("button", name="New prices of Evening plan").click()
    since = await page.get_by_label("It holds from").input_value()
    await page.get_by_label("Price at other times", exact=True).fill("0.21")
    await page.get_by_role("button", name="Save the tariff").click()
    await expect(page.get_by_text("other prices before (1)")).to_be_visible()
    (kept,) = (await view.stage.get("/me/tariffs", view.person)).json()["tariffs"]
    assert [
        (rates["since"], rates["energy"]["periods"][0]["tiers"][0]["price"])
        for rates in kept["tariff"]["rates"]
    ] == [("2025-01-01", "0.18"), (since, "0.21")]

    await page.get_by_role("button", name="Remove Evening plan").click()
    await page.get_by_role("button", name="Yes, remove it").click()
    await expect(page.get_by_text("The tariff is removed.")).to_be_visible()
    await expect(page.get_by_text("No tariff is for this home yet.")).to_be_visible()


async def test_tiers_are_filled_in(open_view):
    view = await open_view("costs")
    page = view.page
    await page.get_by_role("button", name="Add a tariff").press("Enter")
    await page.get_by_label("Name", exact=True).fill("Steps")
    await page.get_by_label("Another price above so many kWh").check()
    await page.get_by_label("Price of a kWh at first").fill("0.10")
    await page.get_by_label("Up to how many kWh a bill").fill("500")
    await page.get_by_label("Price 2").fill("0.20")
    await page.get_by_role("button", name="Save the tariff").click()

    await expect(page.get_by_text("The tariff is saved.")).to_be_visible()
    (kept,) = (await view.stage.get("/me/tariffs", view.person)).json()["tariffs"]
    (period,) = kept["tariff"]["rates"][0]["energy"]["periods"]
    assert [(tier["price"], tier["upToKwh"]) for tier in period["tiers"]] == [
        ("0.10", "500"),
        ("0.20", None),
    ]


async def test_what_is_wrong_stands_beside_its_field(open_view):
    view = await open_view("costs")
    page = view.page
    await page.get_by_role("button", name="Add a tariff").press("Enter")
    await page.get_by_role("button", name="Save the tariff").click()
    name, price = page.get_by_label("Name", exact=True), page.get_by_label("Price of a kWh")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description(
        "As it is called on your bill. Give it a name, such as that of the plan."
    )
    await expect(price).to_have_accessible_description(
        "USD per kWh Such as 0.31. Write a number, such as 0.31."
    )

    await name.fill("Dear")
    await price.fill("0.1234567891")
    await page.get_by_role("button", name="Save the tariff").click()
    await expect(price).to_be_focused()
    await expect(price).to_have_accessible_description(
        "USD per kWh Such as 0.31. "
        "price: write a number up to 1,000,000,000 with 8 decimals at most."
    )
