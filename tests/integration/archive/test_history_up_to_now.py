"""What a line of the last fifteen minutes asks for: seconds of the mains, right up to now."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from entrypoints.composition import SimulatorOptions

QUARTER_HOUR = timedelta(minutes=15)
HOMES = {
    "home@example.com": ("emporia-password", 1001),
    "solar@example.com": ("solar-password", 2001),
    "mill@example.com": ("mill-password", 5001),
}


async def seconds_up_to_now(stage: Any, username: str) -> list[float | None]:
    """The mains of the home's panel, a value a second."""
    password, gid = HOMES[username]
    person = await stage.sign_up()
    await stage.link(person, username=username, password=password)
    now = datetime.now(UTC).replace(microsecond=0)
    answer = await stage.get(
        f"/devices/{gid}/history",
        person,
        channels="1,2,3",
        start=(now - QUARTER_HOUR).isoformat(),
        end=now.isoformat(),
        scale="1S",
        energyUnit="KilowattHours",
    )
    assert answer.status_code == 200
    assert datetime.fromisoformat(answer.json()["firstUsageInstant"]) == now - QUARTER_HOUR
    values: list[float | None] = answer.json()["usageList"]
    return values


@pytest.mark.parametrize("username", HOMES)
async def test_every_second_is_known_and_none_is_doubled(stage, username):
    values = await seconds_up_to_now(stage, username)

    assert len(values) == 900
    assert None not in values
    # a tenth of a watt is as fine as it gets, so some differ from the one before by nothing
    assert sum(before != after for before, after in pairwise(values)) > 850


async def test_what_emporia_has_not_published_yet_is_null(stages):
    late = SimulatorOptions(publication_delay_seconds=20)
    async with stages(simulator=late) as stage:
        values = await seconds_up_to_now(stage, "home@example.com")

    assert len(values) == 900
    assert None not in values[:879]
    assert set(values[-19:]) == {None}
