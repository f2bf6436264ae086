"""A home whose archive holds what a test put there: full days of minutes, and a gap."""

import csv
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

NEW_YORK = ZoneInfo("America/New_York")
FIRST = datetime(2025, 3, 8, 5, tzinfo=UTC)
"""Midnight in New York; the clocks go forward the next day, and the third is whole."""

LAST = datetime(2025, 3, 11, 4, tzinfo=UTC)
MINUTES = (24 + 23 + 24) * 60
GAP = slice(100, 130)


def usages_of(number: int, count: int = MINUTES) -> list[float | None]:
    """What a series used by the minute, in kWh: no figure is like another, some are unknown."""
    usages: list[float | None] = [
        ((place * 7919 + number * 104_729) % 9973) / 1e6 - 0.001 for place in range(count)
    ]
    usages[GAP] = [None] * 30
    return usages


@dataclass
class Filled:
    """A stage with a person, and what is in their archive."""

    stage: Any
    person: Any
    account: AccountId

    async def put(
        self,
        name: str,
        usages: Sequence[float | None],
        *,
        start: datetime = FIRST,
        scale: Scale = Scale.MINUTE,
    ) -> None:
        width = timedelta(seconds=scale.seconds or 0)
        read_at = start + len(usages) * width + timedelta(hours=1)
        await self.stage.container.keep_readings()(
            Series(self.account, SeriesName.parse(name)),
            Reading(
                scale=scale,
                start=int(start.timestamp()),
                figures=figures_of(usages),
                read_at=int(read_at.timestamp()),
            ),
        )

    async def export(self, **query: Any) -> Any:
        answer = await self.stage.client.get(
            "/export", headers=self.person.bearer, params={"scale": "1MIN", **query}
        )
        assert answer.status_code == 200, answer.text
        return answer

    async def rows(self, **query: Any) -> list[dict[str, str]]:
        text = (await self.export(**query)).text
        return list(csv.DictReader(io.StringIO(text, newline="")))


Fill = Callable[[Any], Awaitable[Filled]]


@pytest.fixture
def fill() -> Fill:
    """Links the first home on a stage, and fills the archive of three of its series."""

    async def filled_on(stage: Any) -> Filled:
        person = await stage.linked()
        account = (await stage.container.emporia_links().accounts())[0]
        filled = Filled(stage, person, account)
        for number, name in enumerate(("1001:1,2,3", "1001:1", "1001:2")):
            await filled.put(name, usages_of(number))
        return filled

    return filled_on


@pytest.fixture
async def filled(stage: Any, fill: Fill) -> Filled:
    """That on a stage with default settings."""
    return await fill(stage)
