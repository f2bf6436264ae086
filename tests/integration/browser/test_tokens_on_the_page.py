"""A page outlives its token, and says so when its login is over."""

from datetime import timedelta

import pytest
from dependency_injector import providers
from playwright.async_api import Response, expect

from adapters.system.clock import SystemClock
from entrypoints.composition import Container
from tests.integration.browser.acts import start_watching

TOKEN = "JSON.parse(sessionStorage.getItem('emporia-energy-token')).token"
ENDED = "Your sign-in has ended. Please sign in again."


class HurriedClock(SystemClock):
    """The machine's time, as far ahead as a test has moved it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self):
        return super().now() + self.ahead


@pytest.fixture
def clock():
    """The clock of every gateway that a test makes."""
    clock = HurriedClock()
    with Container.clock.override(providers.Callable(lambda: clock)):
        yield clock


def is_renewal(answer: Response) -> bool:
    return answer.url.endswith("/token")


async def expect_sign_in_form(page, notice: str) -> None:
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text(notice)


async def test_one_socket_streams_on_past_the_ends_of_several_tokens(stages, open_page):
    async with stages(token_lifetime_seconds=10) as stage, await open_page(stage.url) as page:
        sockets = []
        page.on("websocket", lambda socket: sockets.append(socket))
        await start_watching(page, await stage.linked())
        first = await page.evaluate(TOKEN)

        for _ in range(2):
            renewal = await page.wait_for_event("response", is_renewal)
            assert renewal.status == 200

        instant = page.get_by_test_id("instant")
        shown = await instant.get_attribute("datetime")
        await expect(instant).not_to_have_attribute("datetime", shown)
        await expect(page.get_by_role("status")).to_have_text("Live")
        assert len(sockets) == 1
        bearer = {"Authorization": f"Bearer {first}"}
        assert (await stage.client.get("/me", headers=bearer)).status_code == 401


async def test_the_end_of_the_login_leads_to_the_sign_in_form(clock, stages, open_page):
    async with stages(login_lifetime_days=1) as stage, await open_page(stage.url) as page:
        await start_watching(page, await stage.linked())

        clock.ahead = timedelta(days=1)

        await expect_sign_in_form(page, ENDED)


async def test_a_token_that_is_revoked_elsewhere_leads_to_the_sign_in_form(page, stage):
    await start_watching(page, await stage.linked())
    bearer = {"Authorization": f"Bearer {await page.evaluate(TOKEN)}"}

    assert (await stage.client.post("/logout", headers=bearer)).status_code == 204

    await expect_sign_in_form(page, ENDED)


async def test_whoever_comes_back_with_an_ended_token_is_asked_to_sign_in(page, stage):
    await start_watching(page, await stage.linked())
    bearer = {"Authorization": f"Bearer {await page.evaluate(TOKEN)}"}
    await page.goto("about:blank")
    await stage.client.post("/logout", headers=bearer)
    await page.goto(f"{stage.url}/#/now")

    await expect_sign_in_form(page, ENDED)
