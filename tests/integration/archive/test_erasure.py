"""What a user erases is gone from the archive's file, and from what SQLite keeps beside it."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.integration.archive.planted import plant
from tests.integration.conftest import PASSWORD

pytestmark = pytest.mark.of_sqlite("what its files hold of what is erased")

DAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(30)


async def archived(stage: Any, folder: Path) -> Sequence[bytes]:
    """Pieces of what is kept of the only account, each long enough to be nothing else."""
    (account,) = await stage.container.emporia_links().accounts()
    # no noise of a home, so that a piece of it is found nowhere by chance
    chance = Random(4711)  # noqa: S311  # the same each time
    for day in range(3):
        minutes: list[float | None] = [chance.random() / 1000 for _ in range(1440)]
        await plant(stage.container, DAY + timedelta(day), minutes, account=account)
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection:
        kept = connection.execute("SELECT data FROM chunks UNION SELECT data FROM months")
        pieces = [data[at : at + 24] for (data,) in kept for at in range(40, len(data) - 24, 400)]
    assert len(pieces) > 20
    assert found(folder, pieces) == len(pieces)
    return pieces


def found(folder: Path, pieces: Sequence[bytes]) -> int:
    """How many of these stand in any file of the folder."""
    files = [file.read_bytes() for file in folder.iterdir() if file.is_file()]
    return sum(any(piece in content for content in files) for piece in pieces)


async def test_the_archive_of_whoever_leaves_last_is_gone_from_every_file(
    stages, tmp_path, eventually
):
    folder = tmp_path / "data"
    async with stages() as stage:
        ada, eve = await stage.linked(), await stage.linked()
        pieces = await archived(stage, folder)

        async def leave(person: Any) -> None:
            answer = await stage.client.request(
                "DELETE", "/me", headers=person.bearer, json={"password": PASSWORD}
            )
            assert answer.status_code == 204

        await leave(ada)
        await asyncio.sleep(0)
        assert found(folder, pieces) == len(pieces)
        await leave(eve)
        assert await stage.container.archives().accounts() == []
        await eventually(lambda: found(folder, pieces) == 0)


async def test_unlinking_leaves_the_archive_for_some_days(stages, tmp_path):
    folder = tmp_path / "data"
    async with stages(archive_keep_days_after_unlink=30) as stage:
        person = await stage.linked()
        pieces = await archived(stage, folder)
        (account,) = await stage.container.emporia_links().accounts()

        answer = await stage.client.delete("/emporia-auth", headers=person.bearer)
        stage.container.forget_archives().wanted.set()
        await asyncio.sleep(0)

        assert answer.is_success
        assert await stage.container.archives().accounts() == [account]
        assert found(folder, pieces) == len(pieces)


async def test_what_was_kept_for_no_day_after_unlinking_goes(stages, tmp_path, eventually):
    folder = tmp_path / "data"
    async with stages(archive_keep_days_after_unlink=0) as stage:
        person = await stage.linked()
        pieces = await archived(stage, folder)
        await stage.client.delete("/emporia-auth", headers=person.bearer)
        stage.container.forget_archives().wanted.set()
        await eventually(lambda: found(folder, pieces) == 0)
