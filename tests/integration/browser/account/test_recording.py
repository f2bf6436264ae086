"""What is recorded is told in plain words, and chosen."""

import pytest
from playwright.async_api import expect

from tests.integration.browser.account.conftest import open_account

FILLING = {
    "minutes": True,
    "seconds": "off",
    "state": "filling",
    "waitsFor": None,
    "doing": None,
    "requestsPerDay": 60,
    "plannedRequests": 1340,
    "fillRequests": 1332,
    "fillCompleteAt": "2026-03-03T09:00:00Z",
    "lastRequestAt": "2026-03-01T12:00:00Z",
}


@pytest.fixture
def recording(account):
    return account.card("Recording")


async def test_what_is_chosen_is_kept_and_stands_among_the_events(account, recording):
    await expect(recording.locator("[aria-live]")).to_contain_text("switched recording off")
    minutes = recording.get_by_role("checkbox", name="Minutes of every circuit")
    seconds = recording.get_by_role("radio", name="Seconds of every circuit")
    await expect(recording.get_by_role("radio", name="Seconds of the mains")).to_be_checked()
    await expect(minutes).to_be_checked()

    async with account.page.expect_response("**/me/recorder"):
        await seconds.check()
    async with account.page.expect_response("**/me/recorder"):
        await minutes.uncheck()

    told = "No minutes, and seconds of every circuit."
    await expect(account.card("Events")).to_contain_text(told)
    kept = (await account.stage.get("/me/recorder", account.person)).json()
    assert (kept["minutes"], kept["seconds"]) == (False, "all")
    await account.page.reload()
    await expect(seconds).to_be_checked()
    await expect(minutes).not_to_be_checked()


async def test_how_far_it_is_and_how_long_it_takes_is_told(account, recording):
    await account.page.route("**/me/recorder", lambda route: route.fulfill(json=FILLING))
    await account.page.reload()

    await expect(recording.locator("[aria-live]")).to_have_text(
        "What is new is recorded, and the past is being fetched."
    )
    for name, value in (
        ("Requests a day", "60"),
        ("Requests still to make", "1,340, 1,332 of them for the past"),
        ("The past", "complete about Mar 3, 2026, 4:00 AM"),
        ("Last request", "Mar 1, 2026, 7:00 AM"),
    ):
        fact = recording.locator("dl > div").filter(has=account.page.get_by_text(name, exact=True))
        await expect(fact.get_by_role("definition")).to_have_text(value)


async def test_a_choice_that_is_refused_is_taken_back(account, recording, faults):
    faults.expect("answer 503")
    problem = {"detail": "The gateway's storage is not available.", "code": "storage_unavailable"}

    async def refuse(route):
        if route.request.method == "PUT":
            await route.fulfill(status=503, json=problem)
        else:
            await route.fallback()

    seconds = recording.get_by_role("radio", name="Seconds of every circuit")
    await expect(recording.get_by_role("radio", name="Seconds of the mains")).to_be_checked()
    await account.page.route("**/me/recorder", refuse)

    await seconds.click()

    await expect(recording.get_by_role("alert")).to_have_text(problem["detail"])
    await expect(recording.get_by_role("radio", name="Seconds of the mains")).to_be_checked()


async def test_without_a_link_nothing_is_recorded(stage, page):
    await open_account(page, await stage.sign_up())

    await expect(page.get_by_role("heading", name="Events")).to_be_visible()
    await expect(page.get_by_role("heading", name="Recording")).to_have_count(0)
