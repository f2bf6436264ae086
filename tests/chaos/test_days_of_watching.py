"""Whole days with somebody there all the time: the rows of the table in the documentation that take
long to live through."""

import pytest

from tests.integration.live.budget.conftest import Process, World
from tests.integration.live.budget.days import (
    SCENARIOS,
    SOON_OVER,
    PublishingGateway,
    look_at_days,
)


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name not in SOON_OVER])
async def test_the_budget_holds_and_samples_are_as_fresh_as_the_documentation_tells(
    name: str,
) -> None:
    await look_at_days(name, World(PublishingGateway), Process)
