"""The live line shows what is known and nothing else, as far as a look at its pixels can tell."""

from datetime import UTC, datetime
from itertools import groupby, pairwise

from playwright.async_api import Page, Request, expect

from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import see_samples

MINUTES = SimulatorOptions(start=datetime(2025, 7, 8, 16, 21, tzinfo=UTC), speed=60)
"""A minute of the home's between two samples, around noon, when lunch is warmed up."""

DRAWN = """chart => {
  const [canvas, plot] = [chart.querySelector("canvas"), chart.querySelector(".u-over")];
  const [outer, inner] = [canvas, plot].map((part) => part.getBoundingClientRect());
  const [width, height] = [Math.round(inner.width), Math.round(inner.height)];
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, outer.left - inner.left, outer.top - inner.top);
  const { data } = copy.getImageData(0, 0, width, height);
  const accent = getComputedStyle(chart).getPropertyValue("--accent").trim();
  const ink = [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
  const isLine = (x, y) => {
    const [red, green, blue, opacity] = data.slice((y * width + x) * 4, (y * width + x + 1) * 4);
    const isInk = [red, green, blue].every((part, i) => Math.abs(part - ink[i]) < 40);
    return isInk && opacity > 200;
  };
  return Array.from({ length: width }, (_, x) => {
    const rows = Array.from({ length: height }, (_, y) => y).filter((y) => isLine(x, y));
    return rows.length > 0 ? `${rows[0]} to ${rows.at(-1)}` : null;
  });
}"""
"""For each column of the plot, from which row to which the line is; null where it is not."""


async def sign_in(page: Page, person) -> None:
    """Come in, and have a sample and the past."""
    await page.get_by_label("Email").fill(person.email)
    await page.get_by_label("Password").fill(person.password)
    async with page.expect_response(lambda answer: "/history?" in answer.url):
        await page.get_by_role("button", name="Sign in", exact=True).click()
    await page.get_by_test_id("instant").wait_for()


def requests_of(page: Page) -> list[str]:
    """What the page asks by REST from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "fetch":
            asked.append(request.url)

    page.on("request", note)
    return asked


async def drawn(page: Page) -> list[str | None]:
    """The line, column by column."""
    columns: list[str | None] = await page.locator(".live-line").evaluate(DRAWN)
    return columns


def stretches(columns: list[str | None]) -> list[bool]:
    """Where there is a line, and where none, from left to right; the very edges aside."""
    return [is_line for is_line, _ in groupby(column is not None for column in columns[3:-3])]


async def test_it_begins_with_the_fifteen_minutes_before(page, stage):
    await sign_in(page, await stage.linked())
    await see_samples(page, 1)

    assert stretches(await drawn(page)) == [True]


async def test_it_is_kept_while_another_view_is_open(page, stage):
    await sign_in(page, await stage.linked())
    await see_samples(page, 1)
    asked = requests_of(page)
    await page.get_by_role("link", name="Account", exact=True).click()
    await page.get_by_role("heading", name="Account", exact=True).wait_for()
    await page.get_by_role("link", name="Now", exact=True).click()
    await see_samples(page, 1)

    assert stretches(await drawn(page)) == [True]
    of_the_account = ("/me/", "/auth/oidc", "/import")  # which the other view shows
    assert [url for url in asked if not any(part in url for part in of_the_account)] == []


async def test_it_is_kept_when_the_connection_breaks_off(page, stage):
    connections = []

    def pass_on(route) -> None:
        route.connect_to_server()
        connections.append(route)

    await page.route_web_socket("**", pass_on)
    await sign_in(page, await stage.linked())
    await see_samples(page, 1)
    asked = requests_of(page)
    await connections[0].close(code=1012)
    await expect(page.get_by_role("status")).to_contain_text("Connection lost")
    await expect(page.get_by_role("status")).to_have_text("Live")
    await see_samples(page, 1)

    assert stretches(await drawn(page)) == [True]
    assert len(connections) == 2
    assert asked == []


async def test_it_has_a_gap_where_nobody_knows_and_figures_are_dashes(stages, open_page):
    async with stages(simulator=MINUTES) as stage, await open_page(stage.url) as page:
        await sign_in(page, await stage.linked())

        await stage.fault(kind="null_usage")
        figure = page.get_by_test_id("home-watts")
        await expect(figure).to_have_text("\N{EN DASH}")
        await expect(page.locator("td.watts").filter(has_text="0")).to_have_count(0)
        await stage.heal()
        await expect(figure).not_to_have_text("\N{EN DASH}")
        await see_samples(page, 2)

        assert stretches(await drawn(page)) == [True, False, True]


async def test_it_goes_in_steps_where_samples_are_rare(stages, open_page, faults):
    faults.expect("^answer 503: GET .*/history")
    async with stages(simulator=MINUTES) as stage, await open_page(stage.url) as page:
        await stage.fault(kind="server_error", route="getChartUsage")  # no past, second by second
        await sign_in(page, await stage.linked())
        await see_samples(page, 5)

        line = [column for column in await drawn(page) if column is not None]
        rises = sum(left != right for left, right in pairwise(line))
        assert len(line) > 100
        assert rises < len(line) / 5
