"""The utility's readings on the page: sent, compared as the gateway does, removed."""

from decimal import ROUND_HALF_UP, Decimal

from playwright.async_api import expect

from tests.green_button import block, kind, reading, write
from tests.integration.billing.test_reconcile import START, really_used
from tests.integration.browser.looks import screens, suits_everybody
from tests.integration.browser.loop import in_browsers_loop
from tests.integration.browser.today.test_costs import dollars


def file_of(folder, *, times: float = 1.0):
    used = [round(each * times) for each in really_used()]
    return write(folder / f"usage-{times}.xml", kind(1), reading(1), block(1, START, used))


def hundredths(kwh: float) -> str:
    """As the page writes it."""
    return f"{Decimal(repr(kwh)).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


async def compare(page, file) -> None:
    await page.get_by_label("Green Button file").set_input_files(file)
    # Not by the mouse: figures above that come late move the button from under it.
    async with page.expect_response(lambda answer: answer.request.method == "POST"):
        await page.get_by_role("button", name="Compare", exact=True).press("Enter")
    await expect(page.get_by_text("120 hours are kept.")).to_be_visible()


async def test_a_file_is_sent_and_told_as_the_gateway_has_it(stage, open_costs, tmp_path):
    page, person = await open_costs()
    card = page.locator("[data-card=utility]")
    await compare(page, file_of(tmp_path, times=0.46))
    told = (await stage.get("/utility", person, home="1001")).json()

    reasons = [finding["reason"] for finding in told["findings"]]
    assert reasons == ["leg_missing_in_file"]
    await expect(card.locator("[data-reason]")).to_have_text(
        [finding["sentence"] for finding in told["findings"]]
    )
    await expect(card.get_by_test_id("utility-kwh").locator("td")).to_have_text(
        [hundredths(told[name]) for name in ("kwh", "utilityKwh", "differenceKwh")]
    )
    bills = told["bills"]
    await expect(card.get_by_test_id("utility-bill").locator("td").first).to_have_text(
        dollars(bills["amount"])
    )
    await expect(card.get_by_test_id("utility-bill").locator("td").nth(1)).to_have_text(
        dollars(bills["utilityAmount"])
    )
    await card.get_by_text("Every day of both").click()
    await expect(card.locator("[data-utility-day]")).to_have_count(len(told["days"]))
    for day in told["days"]:
        await expect(card.locator(f"[data-utility-day='{day['day']}'] td")).to_have_text(
            [
                str(day["hours"]),
                *(hundredths(day[name]) for name in ("kwh", "utilityKwh", "differenceKwh")),
            ]
        )


async def test_another_file_takes_its_place_and_all_of_it_is_removed(stage, open_costs, tmp_path):
    page, person = await open_costs()
    await compare(page, file_of(tmp_path, times=10))
    await expect(page.locator("[data-reason=multiplier]")).to_be_visible()
    await compare(page, file_of(tmp_path))
    await expect(page.locator("[data-reason=agrees]")).to_be_visible()
    await page.get_by_role("button", name="Remove the utility's readings").click()
    await page.get_by_role("button", name="Yes, remove them").click()

    await expect(page.get_by_text("The utility's readings are removed.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Beside the utility's readings")).to_be_focused()
    await expect(page.locator("[data-reason]")).to_have_count(0)
    assert (await stage.get("/utility", person, home="1001")).status_code == 404


async def test_what_is_no_such_file_is_told_beside_the_field(open_costs, tmp_path):
    page, _ = await open_costs()
    field = page.get_by_label("Green Button file")
    await page.get_by_role("button", name="Compare", exact=True).click()
    await expect(field).to_be_focused()
    await expect(page.get_by_role("alert")).to_have_text("Choose a file first.")
    wrong = tmp_path / "usage.csv"
    wrong.write_text("start,kWh")
    await field.set_input_files(wrong)
    await page.get_by_role("button", name="Compare", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("file: it is no XML")
    await expect(field).to_be_focused()


@screens
async def test_it_fits_any_screen_and_keeps_nobody_out(open_costs, axe, screen, tmp_path):
    page, _ = await open_costs(reduced_motion="reduce", **screen)
    await compare(page, file_of(tmp_path))
    await page.get_by_text("Every day of both").click()

    await suits_everybody(page, axe, screen["viewport"])


@in_browsers_loop
async def page(open_costs):
    """The costs, for whoever has keys alone."""
    opened, _ = await open_costs()
    return opened


async def test_it_is_removed_without_pointing(page, press, tmp_path):
    await compare(page, file_of(tmp_path))
    await press("Every day of both")
    await press("Remove the utility's readings")
    await press("Yes, remove them")
    await expect(page.get_by_role("heading", name="Beside the utility's readings")).to_be_focused()
