"""Whatever a tariff can have is filled in by hand, and nothing of it is lost."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.integration.browser.today.conftest import FLAT

EVENING = [[0] * 16 + [1] * 5 + [0] * 3] * 12
ALWAYS = [[0] * 24] * 12
EVERYTHING: dict[str, Any] = {
    "name": "Everything",
    "currency": "USD",
    "billingDay": 31,
    "holidays": {
        "country": "US",
        "subdivision": "CA",
        "names": ["Independence", "Labor"],
        "observed": True,
        "days": ["2026-12-24"],
    },
    "panels": [7, 1001],
    "rates": [
        {
            "since": "2025-01-01",
            "energy": {"periods": [{"name": "Energy", "tiers": [{"price": "0.25"}]}]},
            "netMetering": {"name": "Credit", "settlesIn": 3, "settlePrice": "0.02"},
        },
        {
            "since": "2026-01-01",
            "energy": {
                "periods": [
                    {
                        "name": "Night",
                        "tiers": [{"price": "0.10", "upToKwh": "500"}, {"price": "0.12"}],
                    },
                    {"name": "Peak", "tiers": [{"price": "0.30"}]},
                ],
                "schedule": {
                    "weekday": EVENING,
                    "weekend": ALWAYS,
                    "days": {"friday": ALWAYS, "holiday": ALWAYS},
                },
                "tiersBy": "month",
                "limitsPer": "day",
            },
            "adjustments": [{"name": "Fuel", "price": "0.01"}],
            "demand": [
                {
                    "periods": [
                        {"name": "Demand", "tiers": [{"price": "3", "upToKw": "5"}, {"price": "4"}]}
                    ]
                }
            ],
            "fixed": [{"name": "Meter", "amount": "0.40", "by": "day"}],
            "netBilling": {"periods": [{"name": "Given", "price": "0.05"}]},
            "minimum": {"name": "Minimum", "amount": "12", "by": "month"},
            "percentages": [
                {"name": "Tax", "percent": "7.5", "on": ["energy", "fixed"]},
                {"name": "Rebate", "percent": "-1"},
            ],
        },
    ],
}


async def kept(view: Any) -> Any:
    """The one tariff that the gateway has."""
    (one,) = (await view.stage.get("/me/tariffs", view.person)).json()["tariffs"]
    return one["tariff"]


def fold(page: Page, title: str) -> Locator:
    """A part of the form that is folded away."""
    return page.locator("details.tariff-fold", has=page.locator("summary", has_text=title))


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save the tariff").click()
    await expect(page.get_by_text("The tariff is saved.")).to_be_visible()


async def test_a_tariff_with_demand_taxes_minimum_and_holidays_is_filled_in(open_view):
    view = await open_view("costs")
    page = view.page
    await page.get_by_role("button", name="Add a tariff").press("Enter")
    await page.get_by_label("Name", exact=True).fill("Business")
    await page.get_by_label("Two prices, by the time of day").check()
    await page.get_by_label("Price in high-price hours", exact=True).fill("0.42")
    await page.get_by_label("Price at other times", exact=True).fill("0.18")
    await page.get_by_label("On holidays too").uncheck()
    demand = fold(page, "Demand charges")
    await demand.locator("summary").click()
    await demand.get_by_role("button", name="Add a demand charge").click()
    await demand.get_by_label("Price of a kW", exact=True).fill("7.5")
    await demand.get_by_role("button", name="Another demand charge").click()
    timed = demand.locator(".tariff-part").nth(1)
    await timed.get_by_label("Two prices, by the time of day").check()
    await timed.get_by_label("Price of a kW in high-price hours", exact=True).fill("12")
    price = timed.get_by_label("Price of a kW at other times", exact=True)
    await price.fill("0")
    await expect(price).to_have_accessible_description("USD per kW")
    added = fold(page, "Additions to each kWh")
    await added.locator("summary").click()
    await added.get_by_role("button", name="Add one").click()
    await added.get_by_label("Called on the bill").fill("Fuel")
    await added.get_by_label("Added to each kWh").fill("-0.01")
    taxes = fold(page, "Taxes and percentages")
    await taxes.locator("summary").click()
    await taxes.get_by_role("button", name="Add a tax").click()
    await taxes.get_by_label("Called on the bill").fill("Sales tax")
    await taxes.get_by_label("How much").fill("7.5")
    await taxes.get_by_label("Demand charges").uncheck()
    least = fold(page, "Minimum bill")
    await least.locator("summary").click()
    await least.get_by_label("It comes to at least").fill("12")

    # The holidays are folded away: what is wrong there opens them, and has the focus.
    await page.get_by_role("button", name="Save the tariff").click()
    country = page.get_by_label("Public holidays of")
    await expect(country).to_be_focused()
    await country.fill("xx")
    await page.get_by_role("button", name="Save the tariff").click()
    await expect(page.get_by_text("holidays: the holidays of XX are not known")).to_be_visible()
    await expect(country).to_be_focused()
    await country.fill("us")
    await expect(page.get_by_text("US is United States.")).to_be_visible()
    await save(page)

    told = await kept(view)
    (rates,) = told["rates"]
    table = rates["energy"]["schedule"]
    assert (table["weekday"], table["days"]["holiday"]) == (EVENING, ALWAYS)
    assert told["holidays"]["country"] == "US"
    flat, by_time = rates["demand"]
    assert flat["periods"] == [{"name": "Demand", "tiers": [{"price": "7.5", "upToKw": None}]}]
    assert [period["tiers"][0]["price"] for period in by_time["periods"]] == ["0", "12"]
    assert by_time["schedule"]["weekday"] == EVENING
    assert rates["adjustments"] == [{"name": "Fuel", "price": "-0.01"}]
    assert rates["minimum"] == {"name": "Minimum bill", "amount": "12", "by": "month"}
    (tax,) = rates["percentages"]
    assert (tax["name"], tax["percent"]) == ("Sales tax", "7.5")
    assert set(tax["on"]) == {"energy", "adjustment", "fixed", "credit", "minimum"}

    lines = page.locator("[data-line]")
    await expect(page.locator("[data-line='Sales tax']")).to_be_visible()
    bill = (await view.answer("/costs", by="bill", split="line"))["rows"][-1]
    names = await lines.evaluate_all("rows => rows.map((row) => row.dataset.line)")
    assert names == [line["name"] for line in bill["lines"]]
    assert {"Demand", "Demand in high-price hours", "Fuel"} <= set(names)

    # It comes back to the form as it was, with what it has unfolded.
    await page.get_by_role("button", name="Change Business").click()
    await expect(page.get_by_label("Price of a kW in high-price hours", exact=True)).to_have_value(
        "12"
    )
    await expect(added.get_by_label("Added to each kWh")).to_be_visible()
    await expect(page.get_by_label("On holidays too").first).not_to_be_checked()
    await save(page)
    assert await kept(view) == told


async def test_nothing_of_a_tariff_is_lost_when_something_of_it_is_changed(open_view):
    view = await open_view("costs", tariff=EVERYTHING)
    page = view.page
    told = await kept(view)
    await page.get_by_role("button", name="Change Everything").click()
    await page.get_by_label("Name", exact=True).fill("Mine")
    await expect(page.get_by_text("Monday to Friday: 4 PM to 9 PM")).to_be_visible()
    await page.get_by_label("Price of a kWh", exact=True).fill("0.35")
    await save(page)

    told["name"] = "Mine"
    told["rates"][1]["energy"]["periods"][1]["tiers"][0]["price"] = "0.35"
    assert await kept(view) == told

    await page.get_by_text("other prices before (1)").click()
    await page.get_by_role("button", name="Change the prices since 2025-01-01").click()
    await page.get_by_label("and is paid at").fill("0.03")
    await save(page)
    told["rates"][0]["netMetering"]["settlePrice"] = "0.03"
    assert await kept(view) == told

    await page.get_by_text("other prices before (1)").click()
    await page.get_by_role("button", name="Remove the prices since 2025-01-01").click()
    await page.get_by_role("button", name="Yes, remove them").click()
    await expect(page.get_by_text("The prices are removed.")).to_be_visible()
    assert await kept(view) == {**told, "rates": told["rates"][1:]}


async def test_a_tariff_is_for_the_homes_of_some_panels(stage, open_page):
    person = await stage.sign_up()
    await stage.link(person, "two@example.com", "two-password")
    await stage.client.post("/me/tariffs", headers=person.bearer, json=FLAT)
    page = await open_page(stage.url, view="costs", person=person)
    await page.get_by_role("button", name="Change Home power").click()
    await fold(page, "Which homes").locator("summary").click()
    await page.get_by_label("Only the homes with these panels").check()
    await page.get_by_role("button", name="Save the tariff").click()
    await expect(page.get_by_text("Tick a panel, or choose all homes.")).to_be_visible()
    panel = page.get_by_role("group", name="Panels").get_by_role("checkbox").first
    await panel.check()
    await page.get_by_role("button", name="Save the tariff").click()
    await expect(page.get_by_text("The tariff is saved.")).to_be_visible()

    (one,) = (await stage.get("/me/tariffs", person)).json()["tariffs"]
    (gid,) = one["tariff"]["panels"]
    devices = (await stage.get("/devices", person)).json()["devices"]
    assert gid in {device["deviceGid"] for device in devices}
    await expect(page.get_by_text("No tariff is for this home yet.")).to_have_count(1)
