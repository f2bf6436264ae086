"""Whatever breaks off between Emporia and the page is said, and mends by itself where it can."""

import asyncio
import re
from urllib.parse import urlsplit

from playwright.async_api import expect

from entrypoints.asgi import create_gateway
from entrypoints.composition import build_container
from tests.integration.browser.acts import sign_in
from tests.integration.conftest import serving

DOWN = "^console error: WebSocket connection to 'ws://127.0.0.1:.*' failed"
LONGEST_PAUSE_MILLISECONDS = 30_000
LONGEST_OUTAGE_MILLISECONDS = 150_000
"""Until an outage that is over is noticed, as docs/reliability.md has it."""

FOLLOW_COUNTDOWN = """() => {
  const status = document.querySelector("[role=status]");
  window.countdown = new Promise((resolve) => {
    let former = 0;
    const look = () => {
      const told = /^Connection lost; trying again in (\\d+) s$/.exec(status.textContent);
      const seconds = told ? Number(told[1]) : 0;
      if (seconds > 0 && seconds === former - 1) resolve("a second less");
      former = seconds;
    };
    new MutationObserver(look).observe(status, {
      characterData: true, childList: true, subtree: true,
    });
  });
}"""


def gateway(stage, *, port=0):
    """A second gateway of the stage, whose end the stage survives; its URL."""
    return serving(create_gateway(build_container(stage.settings)), stage.settings, port=port)


async def watch(page, person) -> None:
    """Sign in, and see a sample."""
    await sign_in(page, person)
    await expect_live(page)
    await page.get_by_test_id("instant").wait_for()


async def expect_live(page) -> None:
    """Wait as long as pauses between two tries may take."""
    await expect(page.get_by_role("status")).to_have_text(
        "Live", timeout=LONGEST_PAUSE_MILLISECONDS
    )


async def expect_new_sample(page) -> None:
    instant = page.get_by_test_id("instant")
    shown = await instant.get_attribute("datetime")
    await expect(instant).not_to_have_attribute("datetime", shown)


async def test_a_restart_of_the_gateway_is_counted_down_to_and_survived(stage, open_page, faults):
    faults.expect(DOWN)
    person = await stage.linked()
    async with gateway(stage) as url:
        page = await open_page(url)
        await watch(page, person)
        await page.evaluate(FOLLOW_COUNTDOWN)

    async with asyncio.timeout(LONGEST_PAUSE_MILLISECONDS / 1_000):
        assert await page.evaluate("window.countdown") == "a second less"
    await expect(page.get_by_text("Stale")).to_be_visible()
    async with gateway(stage, port=urlsplit(url).port), page:
        await expect_live(page)
        await expect(page.get_by_text("Stale")).to_have_count(0)
        await expect_new_sample(page)


async def test_polls_that_fail_are_said_and_make_figures_look_stale(stage, page, faults):
    await watch(page, await stage.linked())
    faults.expect("^answer 503: GET .*/devices/")
    watts = page.get_by_test_id("home-watts")
    figure = page.get_by_role("paragraph").filter(has=watts)
    await expect(figure).not_to_have_css("text-decoration-style", "dotted")

    await stage.fault(kind="server_error")

    status = page.get_by_role("status")
    await expect(status).to_have_text("Emporia does not answer; showing the last sample")
    await expect(page.get_by_text(re.compile(r"^Stale Last sample at .* ago\.$"))).to_be_visible()
    await expect(figure).to_have_css("text-decoration-style", "dotted")
    await expect(watts).to_have_text(re.compile(r"\d"))
    await stage.heal()
    await expect_live(page)
    await expect(page.get_by_text("Stale")).to_have_count(0)


async def test_a_page_loaded_in_an_outage_shows_the_last_known_devices_and_sample(
    stage, open_page, faults
):
    person = await stage.linked()
    await watch(await open_page(stage.url), person)
    faults.expect("^answer 50[34]: GET .*/devices/")
    await stage.fault(kind="server_error")
    async with gateway(stage) as url, await open_page(url) as page:
        await sign_in(page, person)

        old = page.get_by_test_id("old-devices")
        await expect(old).to_have_text(
            re.compile(r"Emporia can't be asked right now.*listed .* ago\.$")
        )
        # Without its frame the word would read as a part of the sentence.
        await expect(old.get_by_text("Old", exact=True)).to_have_css("border-top-style", "solid")
        await expect(page.get_by_text(re.compile(r"^Stale Last sample at"))).to_be_visible()
        await expect(page.get_by_test_id("home-watts")).to_have_text(re.compile(r"\d"))
        await stage.heal()
        await page.get_by_role("link", name="Home", exact=True).click()
        await page.get_by_role("button", name="Refresh").click()
        # A click within a pause changes nothing; the page asks again when it is over.
        await expect(old).to_have_count(0, timeout=LONGEST_OUTAGE_MILLISECONDS)


async def test_a_cloud_that_is_down_at_first_is_tried_again_on_a_click(stage, open_page, faults):
    person = await stage.linked()
    async with stage.container.engine().begin() as connection:
        await connection.exec_driver_sql("DELETE FROM last_answers")
    faults.expect("^answer 503: GET .*/devices\\?stale=true$")
    await stage.fault(kind="server_error")
    async with gateway(stage) as url, await open_page(url) as page:
        await sign_in(page, person)

        await expect(page.get_by_role("alert")).to_contain_text(
            "Emporia's cloud is not available right now."
        )
        await stage.heal()
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_test_id("home-watts")).to_be_visible()


async def test_a_home_without_a_first_sample_waits_for_it(stage, page, faults):
    faults.expect("^answer 503: GET .*/devices/")
    person = await stage.linked()
    await stage.fault(kind="server_error", route="getDeviceListUsages")
    await sign_in(page, person)

    await expect(page.get_by_text("Waiting for the first sample")).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text("Emporia does not answer")
    await stage.heal()
    await expect_live(page)
    await expect(page.get_by_test_id("home-watts")).to_be_visible()


async def test_a_link_that_dies_is_said_and_made_anew(stage, page):
    await watch(page, await stage.linked())

    await stage.revoke_refresh_tokens()
    await stage.expire_tokens()

    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("Link your Emporia account again under Account.")
    await expect(page.get_by_role("status")).to_have_text("Not live")
    await alert.get_by_role("link", name="Account").click()
    await page.get_by_role("button", name="Link again or another").click()
    await page.get_by_label("Email of your Emporia account").fill("home@example.com")
    await page.get_by_label("Its password").fill("emporia-password")
    await page.get_by_role("button", name="Link account").click()
    await expect_live(page)
    await page.get_by_role("link", name="Now", exact=True).click()
    await expect_new_sample(page)


async def test_one_stream_too_many_is_said_and_tried_again_on_a_click(stages, open_page):
    async with (
        stages(stream_sockets_per_user=1) as stage,
        await open_page(stage.url) as page,
    ):
        person = await stage.linked()
        other = await stage.stream(person)
        await sign_in(page, person)

        await expect(page.get_by_role("alert")).to_contain_text(
            "Too many streams are open for this user."
        )
        await other.connection.close()
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_test_id("home-watts")).to_be_visible()
