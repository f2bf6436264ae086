"""A tablet of some years ago still shows a home: what its browser lacks is not needed."""

from playwright.async_api import expect

from tests.integration.browser.acts import see_samples, start_watching

WITHOUT = """
for (const name of ["timeout", "any"]) delete AbortSignal[name];
delete AbortSignal.prototype.throwIfAborted;
for (const name of ["findLast", "findLastIndex", "toReversed", "toSorted", "with"]) {
  delete Array.prototype[name];
}
const Format = Intl.NumberFormat;
Intl.NumberFormat = class extends Format {
  constructor(locale, options) {
    if (options?.signDisplay === "negative") throw new RangeError("signDisplay");
    super(locale, options);
  }
};
"""
"""What browsers learned in 2022 and later, taken away."""


async def test_all_views_work_in_a_browser_of_2021(page, stage):
    await page.context.add_init_script(WITHOUT)
    await page.reload()
    assert await page.evaluate("AbortSignal.timeout === undefined")
    await start_watching(page, await stage.linked())
    await see_samples(page, 1)

    await page.get_by_role("link", name="Today", exact=True).click()
    await expect(page.get_by_test_id("today-kwh")).to_be_visible()
    await page.get_by_role("link", name="History", exact=True).click()
    await expect(page.locator(".history-legend")).to_contain_text("kWh")
    await page.get_by_label("Compare with the period before").check()
    await expect(page.get_by_text("As of")).to_be_visible()
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_role("heading", level=3)).to_have_count(4)
    await page.get_by_role("link", name="Account", exact=True).click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
