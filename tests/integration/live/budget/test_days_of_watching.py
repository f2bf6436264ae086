"""How fresh samples are over whole days, on the budget that Emporia asks for.

What comes out stands in the documentation as a table, which can't go stale.
"""

from typing import Any

import pytest

from tests.integration.live.budget.days import SOON_OVER, PublishingGateway, look_at_days


@pytest.mark.parametrize("name", SOON_OVER)
async def test_the_budget_holds_and_samples_are_as_fresh_as_the_documentation_tells(
    make_world: Any, start: Any, name: str
) -> None:
    await look_at_days(name, make_world(PublishingGateway), start)
