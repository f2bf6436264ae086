"""Starts without a secret that something is sealed or signed with: one sentence, and no new one."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.integration.cli.conftest import Run

Keep = Callable[[str], None]


@pytest.fixture
def keep(run: Run, tmp_path: Path, where_kept: dict[str, str]) -> Keep:
    """Puts something into the database by hand, in which one user is."""
    run("user", "add", "ada@example.com", EMPORIA_API_PASSWORD="correct horse")
    by_itself = f"sqlite+aiosqlite:///{tmp_path}/data/gateway.sqlite3"

    async def kept(statement: str) -> None:
        engine = create_async_engine(where_kept.get("DATABASE_URL", by_itself))
        async with engine.begin() as connection:
            sealed = {"sealed": b"\x01abcd" + bytes(40)} if ":sealed" in statement else {}
            await connection.execute(text(statement), sealed)
        await engine.dispose()

    return lambda statement: asyncio.run(kept(statement))


def test_a_lost_sealing_key_is_not_replaced_in_silence(run: Run, keep: Keep, tmp_path: Path):
    keep(
        "INSERT INTO emporia_links "
        "SELECT id, 4711, 'subject', 'ada@emporia.example', 0, :sealed, 0, NULL FROM users"
    )

    refused = run("serve")

    assert refused.returncode == 1
    assert refused.stderr.startswith(
        "Error: data/sealing-key is missing, which the tokens of 1 linked account are sealed with."
    )
    assert not (tmp_path / "data" / "sealing-key").exists()
    remedy = refused.stderr.strip().rpartition("again: ")[2]
    assert remedy.startswith("(umask 077; python3 -c")
    assert remedy.endswith("> data/sealing-key)")


def test_a_lost_sealing_key_is_not_replaced_while_second_factors_need_it(
    run: Run, keep: Keep, tmp_path: Path
):
    keep("INSERT INTO second_factors SELECT id, :sealed, 0, 0, 0 FROM users")

    refused = run("serve")

    assert refused.returncode == 1
    assert refused.stderr.startswith(
        "Error: data/sealing-key is missing, which 1 second factors are sealed with."
    )
    assert not (tmp_path / "data" / "sealing-key").exists()


def test_a_lost_token_secret_is_not_replaced_in_silence(run: Run, keep: Keep):
    keep("INSERT INTO known_networks SELECT :sealed, id, 0 FROM users")

    refused = run("serve")

    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: data/token-secret is missing, which logins are signed")
