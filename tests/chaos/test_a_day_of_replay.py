"""A whole day of true seconds: every one of them once, in order, for a request a minute."""

from typing import Any

from tests.integration.live.budget.conftest import make_world as make_world
from tests.integration.live.budget.conftest import start as start
from tests.integration.live.budget.test_hours_of_replay import watch_a_replay


async def test_a_day_is_shown_second_by_second(make_world: Any, start: Any) -> None:
    await watch_a_replay(make_world, start, hours=24)
