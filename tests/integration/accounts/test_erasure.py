"""After an account is deleted its email stands in no file of the data folder."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.of_sqlite("what its files hold of what is erased")

EMAIL = "Änne.Müller@Homelab"
PATIENCE_SECONDS = 20


def stands_in(folder: Path, email: str) -> set[str]:
    """The files that hold the email, as written or in either case."""
    forms = [form.encode() for form in (email, email.lower(), email.upper(), email.casefold())]
    return {
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    }


async def delete(stage, person) -> None:
    answer = await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": person.password}
    )
    assert answer.status_code == 204


async def test_a_deleted_email_stands_nowhere_when_the_answer_comes(stage) -> None:
    person = await stage.sign_up(EMAIL)
    before = stands_in(stage.settings.data_dir, EMAIL)

    await delete(stage, person)

    assert before
    assert stands_in(stage.settings.data_dir, EMAIL) == set()


async def test_an_unlinked_emporia_name_stands_nowhere_when_the_answer_comes(stage) -> None:
    person = await stage.linked(EMAIL)
    assert stands_in(stage.settings.data_dir, "home@example.com")

    await stage.client.delete("/emporia-auth", headers=person.bearer)

    assert stands_in(stage.settings.data_dir, "home@example.com") == set()


async def test_while_somebody_reads_the_log_it_is_tried_again_until_they_end(
    stage, caplog: pytest.LogCaptureFixture
) -> None:
    person = await stage.sign_up(EMAIL)
    with closing(sqlite3.connect(stage.settings.data_dir / "gateway.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM users").fetchall()
        await delete(stage, person)
        held = stands_in(stage.settings.data_dir, EMAIL)

    assert held
    assert "still stands in the write-ahead log" in caplog.text
    async with asyncio.timeout(PATIENCE_SECONDS):
        while stands_in(stage.settings.data_dir, EMAIL):
            await stage.client.get("/health/live")
