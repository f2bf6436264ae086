"""A statement on the page is what the gateway answers, on the screen and on paper."""

import asyncio
import json
import re
from decimal import Decimal
from pathlib import Path

from playwright.async_api import Route, expect

from tests.integration.browser.costs.conftest import last_month
from tests.integration.browser.looks import screens, suits_everybody
from tests.integration.browser.loop import in_browsers_loop
from tests.integration.browser.today.test_costs import dollars

BLACK = "rgb(0, 0, 0)"
PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
CHOSEN = ("1001:1", "1001:3")
QUERY = "?statement=yes&series=1001:1&series=1001:3"


async def answered(stage, person, *, series=CHOSEN, **query):
    answer = await stage.client.get(
        "/costs/statement",
        headers=person.bearer,
        params={"home": "1001", "month": last_month(), "series": list(series), **query},
    )
    assert answer.status_code == 200, answer.text
    return answer


async def test_a_month_of_some_circuits_is_told_as_the_gateway_has_it(stage, open_costs):
    page, person = await open_costs()
    await page.get_by_role("link", name="Statement of some circuits").click()
    await expect(page.get_by_role("heading", level=1, name="Statement")).to_be_focused()
    await expect(page.get_by_text("Tick the circuits that it is for")).to_be_visible()
    told = (await answered(stage, person)).json()
    for circuit in told["circuits"]:
        await page.get_by_role("checkbox", name=circuit["name"], exact=True).check()
    await page.get_by_label("For", exact=True).fill("Flat 2")

    await expect(page.get_by_role("heading", name="Electricity for Flat 2")).to_be_visible()
    total = page.get_by_test_id("statement-total").locator("td")
    await expect(total).to_have_text(
        [
            f"{told['kwh']:,.2f}",
            *(dollars(line["amount"]) for line in told["lines"]),
            dollars(told["total"]),
        ]
    )
    await expect(page.locator("[data-series]")).to_have_count(len(CHOSEN))
    for circuit, series in zip(told["circuits"], CHOSEN, strict=True):
        assert sum(Decimal(line["amount"]) for line in circuit["lines"]) == Decimal(
            circuit["amount"]
        )
        await expect(page.locator(f"[data-series='{series}'] td")).to_have_text(
            [
                f"{circuit['kwh']:,.2f}",
                *(dollars(line["amount"]) for line in circuit["lines"]),
                dollars(circuit["amount"]),
            ]
        )
    await expect(page.locator(".statement-sheet footer")).to_contain_text(
        f"Of {told['home']['kwh']:,.2f} kWh that the home took from the grid, and "
        f"{dollars(told['home']['amount'])}."
    )


async def test_what_is_chosen_survives_a_reload_and_the_way_back(stage, open_costs):
    page, person = await open_costs("?statement=yes&month=" + last_month())
    told = (await answered(stage, person, series=("1001:1",))).json()
    await page.get_by_role("checkbox", name=told["circuits"][0]["name"], exact=True).check()
    await expect(page.locator("[data-series='1001:1']")).to_be_visible()
    await page.reload()

    await expect(page.locator("[data-series='1001:1']")).to_be_visible()
    await page.get_by_role("link", name="Back to the costs").click()
    await expect(page.get_by_role("heading", level=1, name="Costs")).to_be_visible()
    await expect(page.get_by_role("link", name="Statement of some circuits")).to_be_focused()
    await page.go_back()
    await expect(page.locator("[data-series='1001:1']")).to_be_visible()


async def test_another_month_is_chosen(stage, open_costs):
    page, person = await open_costs(QUERY)
    months = page.get_by_label("Month")
    await expect(months).to_have_value(last_month())
    await expect(page.get_by_test_id("statement-period")).not_to_contain_text("so far")
    now = await months.locator("option").first.get_attribute("value")
    await months.select_option(now)
    await expect(page.get_by_test_id("statement-period")).to_contain_text("so far")
    told = (await answered(stage, person, month=now)).json()
    await expect(page.get_by_test_id("statement-total").locator("td").last).to_have_text(
        dollars(told["total"])
    )


async def test_the_table_is_the_gateways(stage, open_costs):
    page, person = await open_costs(QUERY)
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Download CSV").click()
    download = await coming.value
    assert download.suggested_filename == f"statement-{last_month()}.csv"
    table = await asyncio.to_thread(Path(await download.path()).read_bytes)
    assert table == (await answered(stage, person, format="csv")).content


async def test_without_a_tariff_that_is_told(stage, open_costs):
    page, person = await open_costs(QUERY)
    (kept,) = (await stage.get("/me/tariffs", person)).json()["tariffs"]
    await stage.client.delete(f"/me/tariffs/{kept['id']}", headers=person.bearer)
    await page.get_by_role("button", name="Tick none").click()
    await page.get_by_role("checkbox").first.check()
    await expect(page.get_by_text("No tariff is for this home")).to_be_visible()


async def with_twenty(route: Route) -> None:
    """The answer with its first circuit twenty times over."""
    answer = await route.fetch()
    told = json.loads(await answer.text())
    first = told["circuits"][0]
    told["circuits"] = [{**first, "channel": str(at), "name": f"Flat {at}"} for at in range(1, 21)]
    await route.fulfill(response=answer, json=told)


async def test_twenty_circuits_are_printed_black_on_white_on_one_page(open_costs):
    page, _ = await open_costs(QUERY, color_scheme="dark")
    await page.route("**/costs/statement?*", with_twenty)
    await page.reload()
    await expect(page.locator("[data-series]")).to_have_count(20)
    await page.emulate_media(media="print", color_scheme="dark")

    await expect(page.get_by_test_id("statement-total")).to_be_visible()
    for hidden in (
        page.get_by_role("navigation"),
        page.get_by_role("heading", level=1),
        page.get_by_role("checkbox").first,
        page.get_by_role("button", name="Print"),
        page.get_by_role("link", name="Back to the costs"),
        page.locator(".bar"),
    ):
        await expect(hidden).to_be_hidden()
    await expect(page.locator("body")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    for cell in await page.locator(".statement-sheet :is(h2, p, th, td)").all():
        await expect(cell).to_have_css("color", BLACK)
    for paper in ("A4", "Letter"):
        assert len(PAGES.findall(await page.pdf(format=paper))) == 1


@screens
async def test_it_fits_any_screen_and_keeps_nobody_out(open_costs, axe, screen):
    page, _ = await open_costs(QUERY, reduced_motion="reduce", **screen)
    await expect(page.get_by_test_id("statement-total")).to_be_visible()

    await suits_everybody(page, axe, screen["viewport"])


@in_browsers_loop
async def page(open_costs):
    """The costs, for whoever has keys alone."""
    opened, _ = await open_costs()
    await expect(opened.get_by_role("link", name="Statement of some circuits")).to_be_visible()
    return opened


async def test_it_is_made_without_pointing(page, go, press):
    await press("Statement of some circuits")
    await go("Month")
    await page.keyboard.press("ArrowDown")
    await go("For")
    await page.keyboard.type("The car")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.locator("[data-series]")).to_have_count(1)
    await expect(page.get_by_role("heading", name="Electricity for The car")).to_be_visible()
    await go("Download CSV")
    async with page.expect_download():
        await page.keyboard.press("Enter")
    await go("Circuits and lines")
