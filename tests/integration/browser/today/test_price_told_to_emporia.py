"""Where Emporia knows a price, a currency is all that is asked for."""

from playwright.async_api import expect

from tests.integration.browser.today.conftest import FLAT

PRICE = "Emporia was told 17.5 cents per kWh"


async def test_a_currency_is_chosen_and_the_home_is_priced(open_view):
    view = await open_view("costs")
    page = view.page
    await expect(page.get_by_text(PRICE)).to_be_visible()
    currency = page.get_by_label("Currency of the price")
    await expect(currency).to_have_value("USD")
    await currency.fill("euro")
    await page.get_by_role("button", name="Use this price").click()
    await expect(page.get_by_text("Write three letters, such as USD or EUR.").last).to_be_visible()
    await expect(currency).to_have_attribute("aria-invalid", "true")

    await currency.fill("cad")
    await page.get_by_role("button", name="Use this price").click()

    await expect(page.get_by_test_id("priced-by")).to_be_visible()
    await expect(page.get_by_test_id("bill-amount")).to_contain_text("CA$")
    await expect(page.get_by_text(PRICE)).to_have_count(0)
    assert (await view.stage.get("/me/currency", view.person)).json() == {"currency": "CAD"}
    told = await view.answer("/costs", by="bill", split="line")
    assert told["pricedBy"]["source"] == "emporia"


async def test_where_there_is_a_tariff_no_currency_is_asked_for(open_view):
    view = await open_view("costs", tariff=FLAT)
    await expect(view.page.get_by_test_id("bill-amount")).to_be_visible()
    await expect(view.page.get_by_text(PRICE)).to_have_count(0)
    await expect(view.page.get_by_test_id("priced-by")).to_have_count(0)
