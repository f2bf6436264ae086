"""After an account is deleted its email stands in no file of the data folder, and in no table."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from tests.integration.what_is_kept import stands_in

EMAIL = "Änne.Müller@Homelab"
LINKED = "home@example.com"
PATIENCE_SECONDS = 20


def forms(email: str) -> set[bytes]:
    """As written and in either case."""
    return {form.encode() for form in (email, email.lower(), email.upper(), email.casefold())}


async def delete(stage, person) -> None:
    answer = await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )
    assert answer.status_code == 204


async def test_a_deleted_email_stands_nowhere_when_the_answer_comes(stage) -> None:
    person = await stage.sign_up(EMAIL)
    before = await stands_in(stage, forms(EMAIL))

    await delete(stage, person)

    assert before
    assert await stands_in(stage, forms(EMAIL)) == set()


async def test_an_unlinked_emporia_name_stands_nowhere_when_the_answer_comes(stage) -> None:
    person = await stage.linked(EMAIL)
    assert await stands_in(stage, forms(LINKED))

    await stage.client.delete("/emporia-auth", headers=person.bearer)

    assert await stands_in(stage, forms(LINKED)) == set()


@pytest.mark.of_sqlite("a reader holds its write-ahead log")
async def test_while_somebody_reads_the_log_it_is_tried_again_until_they_end(
    stage, caplog: pytest.LogCaptureFixture
) -> None:
    person = await stage.sign_up(EMAIL)
    with closing(sqlite3.connect(stage.settings.data_dir / "gateway.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM users").fetchall()
        await delete(stage, person)
        held = await stands_in(stage, forms(EMAIL))

    assert held
    assert "still stands in the write-ahead log" in caplog.text
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await stands_in(stage, forms(EMAIL)):
            await stage.client.get("/health/live")
