"""A file of Emporia's own export is taken in on the page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import expect

from tests.integration.archive.exchange.files import csv_of

EARLY = datetime(2025, 1, 7, 5, tzinfo=UTC)


def upload(text: str, name: str = "c92c0a-Home-1MIN.csv") -> Any:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


@pytest.fixture
def importing(account):
    return account.card("Import")


async def fact(importing, name, value):
    found = importing.locator("dl > div").filter(has_text=name)
    await expect(found.get_by_role("definition")).to_have_text(value)


async def test_a_file_is_chosen_and_what_came_of_it_is_told(account, importing, axe):
    await importing.get_by_label("File").set_input_files(upload(csv_of(EARLY, 120)))
    await importing.get_by_role("button", name="Import").click()

    await expect(importing.locator("[aria-live]")).to_have_text("The file is in the archive.")
    await fact(importing, "Lines", "120 minutes")
    await fact(importing, "New figures", "240")
    await fact(importing, "Known already", "0")
    await expect(account.card("Events")).to_contain_text("A file was imported.")
    assert await axe(account.page) == []
    kept = (await account.stage.get("/import", account.person)).json()["import"]
    assert kept["state"] == "done"

    await account.page.reload()
    await expect(importing.locator("[aria-live]")).to_have_text("The file is in the archive.")


async def test_by_keys_alone_a_missing_file_and_a_bad_line_are_told(account, importing, axe):
    button = importing.get_by_role("button", name="Import")
    await button.focus()
    await account.page.keyboard.press("Enter")
    file = importing.get_by_label("File")
    await expect(importing.get_by_role("alert")).to_have_text("Choose a file first.")
    await expect(file).to_be_focused()
    await expect(file).to_have_accessible_description(
        "One that ends in 1SEC, 1MIN, 15MIN or 1H. Days (1DAY) can't be taken: the archive sums "
        "them of hours. Choose a file first."
    )
    assert await axe(account.page) == []

    bad = csv_of(EARLY, 20).replace("01/07/2025 00:05:00", "soon")
    await file.set_input_files(upload(bad))
    await expect(importing.get_by_role("alert")).to_have_count(0)
    await button.focus()
    await account.page.keyboard.press("Enter")

    await expect(importing.locator("[aria-live]")).to_contain_text("Nothing of it was kept.")
    await expect(importing.locator(".form-error")).to_contain_text("Line 7: 'soon' is no time")
    assert await axe(account.page) == []


async def test_a_column_that_no_name_leads_to_can_be_chosen(account, importing, axe):
    text = csv_of(EARLY, 20).replace("Home-Kitchen-Fridge", "Home-Kitchen-Icebox")
    await importing.get_by_label("File").set_input_files(upload(text))
    await importing.get_by_role("button", name="Import").click()

    await expect(importing).to_contain_text("Left out:")
    column = importing.get_by_label("Home-Kitchen-Icebox (kWatts)")
    await column.select_option(label="Home: Fridge")
    assert await axe(account.page) == []
    await importing.get_by_role("button", name="Import").click()

    await fact(importing, "Known already", "20")
    await fact(importing, "New figures", "20")
    await expect(importing.get_by_text("Left out:")).to_have_count(0)


async def test_what_the_gateway_refuses_at_once_stands_beside_the_field(account, importing, faults):
    faults.expect("answer 413")
    problem = {"detail": "The request body is larger than allowed.", "code": "body_too_large"}
    await account.page.route("**/import?*", lambda route: route.fulfill(status=413, json=problem))
    await importing.get_by_label("File").set_input_files(upload("x"))
    await importing.get_by_role("button", name="Import").click()

    await expect(importing.get_by_role("alert")).to_have_text(problem["detail"])
    await expect(importing.get_by_label("File")).to_be_focused()
