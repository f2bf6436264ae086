"""What is looked at stands in the address: it can be linked, reloaded, and come back to."""

import re

from playwright.async_api import Page, expect

from tests.integration.browser.acts import KEEP_TOKEN


def ends(address: str) -> re.Pattern[str]:
    return re.compile(re.escape(address) + "$")


async def charts_of(stage) -> int:
    """How many charts the cloud was asked for."""
    return sum(
        tallies["getChartUsage"]["count"]
        for tallies in (await stage.requests())["customers"].values()
        if "getChartUsage" in tallies
    )


async def test_a_reload_shows_the_same_and_asks_emporia_for_no_chart(history, stage):
    # The live line of the Now view is another matter: its seconds are new at every load.
    nothing: dict[str, object] = {"firstUsageInstant": None, "usageList": []}
    await history.page.route("**/history?*scale=1S*", lambda route: route.fulfill(json=nothing))
    await history.preset("Last 7 days")
    await history.choice("Heat Pump").check()
    await history.choice("Fridge").check()
    await history.choice("Heat Pump").uncheck()
    await history.page.get_by_label("Scale").select_option("day")
    await history.page.get_by_label("Compare with the period before").check()
    await expect(history.loaded).to_be_visible()
    await expect(history.figure("A Mains", "Difference")).to_have_text(re.compile("%"))
    address = (
        "#/history?device=1001&series=1001:1,2,3&series=1001:1~C&range=last-7-days"
        "&scale=1D&compare=yes"
    )
    await expect(history.page).to_have_url(ends(address))
    totals = [await history.figure(one, "Total").inner_text() for one in ("A Mains", "C Fridge")]
    charts = await charts_of(stage)
    assert charts > 0

    await history.page.reload()

    await expect(history.loaded).to_be_visible()
    await expect(history.page.get_by_role("rowheader")).to_have_text(["AMains", "CFridge"])
    await expect(history.page).to_have_url(ends(address))
    for series, total in zip(("A Mains", "C Fridge"), totals, strict=True):
        await expect(history.figure(series, "Total")).to_have_text(total)
    assert await charts_of(stage) == charts


LEAVE_TWICE = """
async () => {
  const some = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));
  const gone = () => new Promise((go) => addEventListener("hashchange", go, { once: true }));
  const radios = [...document.querySelectorAll("input[type=radio]")];
  radios.find((radio) => radio.labels[0].textContent.trim() === "Watts").click();
  while (!location.hash.endsWith("measure=watts")) await some(1);
  const kept = performance.now();
  history.back();
  await gone();
  // The next address is kept 310 ms after the last: a moment before that, somebody leaves again.
  await some(kept + 280 - performance.now());
  history.back();
  // The browser is busy until that is over, and has drawn nothing yet.
  addEventListener("hashchange", () => {
    const until = performance.now() + 300;
    while (performance.now() < until);
  }, { once: true });
  await gone();
  const addresses = [location.hash];
  for (let times = 0; times < 20; times++) { await some(5); addresses.push(location.hash); }
  return addresses;
}
"""


async def go_forward(page: Page, to: str) -> None:
    """Once more where nothing came of it: a browser that is busy drops a step now and then."""
    await page.go_forward()
    try:
        await expect(page).to_have_url(re.compile(to))
    except AssertionError:
        await page.go_forward()
        await expect(page).to_have_url(re.compile(to))


async def test_back_and_forward_lead_through_what_was_looked_at(history):
    title = history.title
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(title).to_have_text("Monday, June 10, 2024")
    await expect(history.page).to_have_url(
        ends("from=2024-06-10T04:00:00Z&to=2024-06-11T04:00:00Z")
    )
    await history.choice("Fridge").check()
    await expect(history.page).to_have_url(re.compile("series=1001:1&"))
    await history.button("Earlier").click()
    await expect(title).to_have_text("Sunday, June 9, 2024")
    await expect(history.page).to_have_url(re.compile("from=2024-06-09"))
    await history.measure("Watts")
    await expect(history.page).to_have_url(ends("&measure=watts"))

    await history.page.go_back()
    await expect(history.unit).to_contain_text("kWh per hour")
    await expect(title).to_have_text("Sunday, June 9, 2024")
    await history.page.go_back()
    # A circuit that is ticked is no way of its own: it stands in the one that it was ticked in.
    await expect(title).to_have_text("Monday, June 10, 2024")
    await expect(history.page.get_by_role("rowheader")).to_have_text(["AMains", "BFridge"])
    await history.page.go_back()
    await expect(history.page.get_by_role("radio", name="Today", exact=True)).to_be_checked()
    await go_forward(history.page, "from=2024-06-10")
    await expect(title).to_have_text("Monday, June 10, 2024")
    await go_forward(history.page, "from=2024-06-09")

    await expect(title).to_have_text("Sunday, June 9, 2024")
    await expect(history.page.get_by_role("rowheader")).to_have_text(["AMains", "BFridge"])


async def test_who_leaves_again_at_once_leaves_every_address_as_it_was(history):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await history.button("Earlier").click()
    await expect(history.title).to_have_text("Sunday, June 9, 2024")
    await expect(history.page).to_have_url(re.compile("from=2024-06-09"))

    addresses = await history.page.evaluate(LEAVE_TWICE)

    assert [each for each in addresses if "from=2024-06-10" not in each] == []


async def test_a_view_that_somebody_sent_is_seen_after_the_sign_in(stage, open_page):
    person = await stage.linked()
    address = (
        "#/history?device=1001&series=1001:3&from=2024-06-10T04:00:00Z&to=2024-06-11T04:00:00Z"
    )
    page = await open_page(f"{stage.url}{address}")
    await page.evaluate(KEEP_TOKEN, person.token)
    await page.reload()

    await expect(page.locator(".history-heading h2")).to_have_text("Monday, June 10, 2024")
    await expect(page.get_by_role("rowheader")).to_have_text(["AHeat Pump"])


async def test_a_held_key_leaves_the_browser_its_address_bar(history):
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await history.page.route("**/history?*", lambda route: route.abort("aborted"))
    entries = await history.page.evaluate("history.length")

    for _ in range(30):
        await history.chart.press(",")

    await expect(history.title).to_have_text("Saturday, May 11, 2024")
    await expect(history.page).to_have_url(re.compile("from=2024-05-11"))
    assert 0 < await history.page.evaluate("history.length") - entries < 30
