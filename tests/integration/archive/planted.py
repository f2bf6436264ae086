"""Figures put into an archive as if Emporia had told them."""

import asyncio
from datetime import datetime
from pathlib import Path

from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from entrypoints.composition import Container, build_container, migrate
from entrypoints.settings import Settings

ACCOUNT = AccountId(4711)
MAINS = SeriesName(1001, "1,2,3")
DAY_SECONDS = 86_400


async def plant(
    container: Container,
    start: datetime,
    kilowatt_hours: list[float | None],
    *,
    account: AccountId = ACCOUNT,
    name: SeriesName = MAINS,
    scale: Scale = Scale.MINUTE,
) -> None:
    """Keep these buckets from `start` on, read when they were a week old."""
    first = int(start.timestamp())
    width = scale.seconds or 0
    reading = Reading(
        scale=scale,
        start=first,
        figures=figures_of(kilowatt_hours),
        read_at=first + len(kilowatt_hours) * width + 7 * DAY_SECONDS,
    )
    await container.keep_readings()(Series(account, name), reading)


def planted(folder: Path, start: datetime, kilowatt_hours: list[float | None]) -> Settings:
    """A DATA_DIR with a database and minutes of the mains."""
    settings = Settings(data_dir=folder)
    migrate(settings)

    async def done() -> None:
        container = build_container(settings)
        async with container.resources():
            await plant(container, start, kilowatt_hours)

    asyncio.run(done())
    return settings
