"""What a user erases is gone from the archive, and from what SQLite keeps beside its file."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import text

from tests.integration.archive.planted import plant
from tests.integration.conftest import PASSWORD
from tests.integration.what_is_kept import contents, gone

DAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(30)


async def archived(stage: Any) -> Sequence[bytes]:
    """Pieces of what is kept of the only account, each long enough to be nothing else."""
    (account,) = await stage.container.emporia_links().accounts()
    # no noise of a home, so that a piece of it is found nowhere by chance
    chance = Random(4711)  # noqa: S311  # the same each time
    for day in range(3):
        minutes: list[float | None] = [chance.random() / 1000 for _ in range(1440)]
        await plant(stage.container, DAY + timedelta(day), minutes, account=account)
    async with stage.container.archive_engine().connect() as connection:
        kept = await connection.execute(
            text("SELECT data FROM chunks UNION SELECT data FROM months")
        )
        pieces = [data[at : at + 24] for (data,) in kept for at in range(40, len(data) - 24, 400)]
    assert len(pieces) > 20
    assert await found(stage, pieces) == len(pieces)
    return pieces


async def found(stage: Any, pieces: Sequence[bytes]) -> int:
    """How many of these stand anywhere."""
    kept = (await contents(stage)).values()
    return sum(any(piece in content for content in kept) for piece in pieces)


async def test_the_archive_of_whoever_leaves_last_is_gone_from_everywhere(stage):
    ada, eve = await stage.linked(), await stage.linked()
    pieces = await archived(stage)

    async def leave(person: Any) -> None:
        answer = await stage.client.request(
            "DELETE", "/me", headers=person.bearer, json={"password": PASSWORD}
        )
        assert answer.status_code == 204

    await leave(ada)
    await asyncio.sleep(0)
    assert await found(stage, pieces) == len(pieces)
    await leave(eve)
    assert await stage.container.archives().accounts() == []
    await gone(stage, pieces)


async def test_unlinking_leaves_the_archive_for_some_days(stages):
    async with stages(archive_keep_days_after_unlink=30) as stage:
        person = await stage.linked()
        pieces = await archived(stage)
        (account,) = await stage.container.emporia_links().accounts()

        answer = await stage.client.delete("/emporia-auth", headers=person.bearer)
        stage.container.forget_archives().wanted.set()
        await asyncio.sleep(0)

        assert answer.is_success
        assert await stage.container.archives().accounts() == [account]
        assert await found(stage, pieces) == len(pieces)


async def test_what_was_kept_for_no_day_after_unlinking_goes(stages):
    async with stages(archive_keep_days_after_unlink=0) as stage:
        person = await stage.linked()
        pieces = await archived(stage)
        await stage.client.delete("/emporia-auth", headers=person.bearer)
        stage.container.forget_archives().wanted.set()
        await gone(stage, pieces)
