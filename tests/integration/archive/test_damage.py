"""A chunk of which a bit has flipped: told by its name, never as a figure, mended."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from adapters.sql.archive.tables import chunks, months
from entrypoints.composition import alone
from tests.integration.archive.planted import plant
from tests.warm.program import warm_program

MINUTES: list[float | None] = [0.001, 0.003] * 720
"""Of a day; not the same for long, or they would be taken for a mean."""
MONTH_AGO = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(30)
NEXT_DAY, DAY_AFTER = MONTH_AGO + timedelta(1), MONTH_AGO + timedelta(2)


async def command(stage: Any, *arguments: str) -> tuple[int | None, str]:
    """Run ours to its end; the exit code, and all that it said."""
    process = await asyncio.create_subprocess_exec(
        warm_program(),
        *arguments,
        env={**stage.where_kept, "PATH": ""},
        cwd=stage.settings.data_dir.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def flip_a_bit(stage: Any, start: datetime) -> None:
    """Somewhere within the figures of the chunk that begins there."""
    is_it = chunks.c.start_at == int(start.timestamp())
    async with stage.container.archive_engine().begin() as connection:
        data = await connection.scalar(select(chunks.c.data).where(is_it))
        flipped = bytearray(data)
        flipped[len(data) // 2] ^= 4
        await connection.execute(update(chunks).where(is_it).values(data=bytes(flipped)))


async def history(stage: Any, person: Any, start: datetime, end: datetime, scale: str) -> Any:
    """What both ways of asking tell of the mains, which is the same."""
    span = {"start": start.isoformat(), "end": end.isoformat(), "scale": scale}
    one = await stage.get(
        "/devices/1001/history", person, channels="1,2,3", energyUnit="KilowattHours", **span
    )
    many = await stage.get(
        "/history", person, series="1001:1,2,3", energyUnit="KilowattHours", **span
    )
    assert (one.status_code, many.status_code) == (200, 200), many.text
    (series,) = many.json()["series"]
    assert series["usageList"] == one.json()["usageList"]
    return series


async def test_a_flipped_bit_is_named_told_as_damaged_and_leaves_the_day_right(stages):
    async with stages() as stage:
        person = await stage.linked()
        (account,) = await stage.container.emporia_links().accounts()
        await plant(stage.container, MONTH_AGO, MINUTES * 3, account=account)
        whole = await command(stage, "archive", "verify")
        await flip_a_bit(stage, NEXT_DAY)

        code, said = await command(stage, "archive", "verify")
        around = await history(
            stage, person, NEXT_DAY - timedelta(minutes=2), NEXT_DAY + timedelta(hours=1), "1MIN"
        )
        after = await history(
            stage, person, DAY_AFTER - timedelta(hours=1), DAY_AFTER + timedelta(minutes=3), "1MIN"
        )
        hours = await history(stage, person, MONTH_AGO, DAY_AFTER + timedelta(1), "1H")
        noon = (NEXT_DAY + timedelta(hours=20)).astimezone(ZoneInfo("America/New_York"))
        day = await history(stage, person, noon, noon + timedelta(minutes=1), "1D")
        with alone(stage.settings):
            refused = await command(stage, "archive", "verify", "--repair")

    assert whole[0] == 0, whole
    assert whole[1].startswith("Looked through 3 chunks and")
    assert code == 1
    named = f"account {account}, series 1001:1,2,3, 1MIN, {NEXT_DAY:%Y-%m-%dT%H:%M:%SZ} to "
    named += f"{DAY_AFTER:%Y-%m-%dT%H:%M:%SZ}: damaged; Emporia no longer has it."
    assert said.splitlines()[0] == named
    assert "1 and 0 damaged." in said
    assert "Of 24 hours the sums alone are left." in said

    assert around["usageList"] == [0.001, 0.003] + [None] * 60
    assert around["quality"] == [["live", 2], ["damaged", 60]]
    assert after["usageList"] == [None] * 60 + [0.001, 0.003, 0.001]
    assert after["quality"][0] == ["damaged", 60]
    assert hours["usageList"] == [0.12] * 72
    assert day["usageList"] == [2.88]
    assert "Another gateway runs on" in refused[1]

    repaired = await command(stage, "archive", "verify", "--repair")
    again = await command(stage, "archive", "verify")
    assert repaired[0] == 0, repaired
    assert repaired[1].splitlines()[0] == named
    assert again[0] == 0, again
    assert "Looked through 2 chunks" in again[1]


async def test_a_damaged_month_is_named_and_made_anew(stages):
    async with stages() as stage:
        await stage.linked()
        await plant(stage.container, MONTH_AGO, MINUTES)
        async with stage.container.archive_engine().begin() as connection:
            before = (await connection.execute(select(months))).all()
            await connection.execute(update(months).values(data=before[0].data[:-1]))

    looked = await command(stage, "archive", "verify")
    await command(stage, "archive", "verify", "--repair")

    assert looked[0] == 1
    assert f"hours of {MONTH_AGO:%Y-%m}: damaged (24 hours)." in looked[1]
    async with stages() as stage, stage.container.archive_engine().connect() as connection:
        assert (await connection.execute(select(months))).all() == before


async def test_what_is_held_is_told_beside_a_running_gateway(stages):
    async with stages() as stage:
        person = await stage.linked("ada@example.com")
        await stage.sign_up("eve@example.com")
        await stage.get("/devices", person)
        (account,) = await stage.container.emporia_links().accounts()
        await plant(stage.container, MONTH_AGO, MINUTES, account=account)
        unknown = await command(stage, "archive", "status")
        customer = stage.container.directory().newest(account)
        for gid in customer.gids:
            at = int((MONTH_AGO - timedelta(days=60)).timestamp())
            await stage.container.archives().note_first_known(account, gid, at)
        known = await command(stage, "archive", "status", "--email", "ada@example.com")
        nobody = await command(stage, "archive", "status", "--email", "bob@example.com")
        unlinked = await command(stage, "archive", "status", "--email", "eve@example.com")

    assert unknown[0] == 0, unknown
    lines = unknown[1].splitlines()
    assert lines[0].startswith(f"Account {account}: minutes on, seconds mains; 1 series, ")
    assert lines[1].startswith("First fill: not known yet")
    assert lines[2].split("\t")[:5] == [
        "1001:1,2,3",
        "1MIN",
        f"{MONTH_AGO:%Y-%m-%dT%H:%M:%SZ}",
        f"{NEXT_DAY:%Y-%m-%dT%H:%M:%SZ}",
        "100 %",
    ]
    assert known[0] == 0, known
    assert "First fill: [------------------------------] 0 % (0 of " in known[1]
    assert nobody == (2, "Error: Nobody has the email bob@example.com.\n")
    assert unlinked == (2, "Error: eve@example.com has no Emporia account linked.\n")
