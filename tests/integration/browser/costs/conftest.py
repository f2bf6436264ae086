"""The costs of a home of which the last two months are held, on a page."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page

from tests.integration.browser.today.conftest import FLAT

NEW_YORK = ZoneInfo("America/New_York")
CIRCUITS = ("1001:1,2,3", "1001:1", "1001:2", "1001:3")
TAXED: dict[str, Any] = {
    **FLAT,
    "rates": [{**FLAT["rates"][0], "percentages": [{"name": "Tax", "percent": "7.3"}]}],
}

OpenCosts = Callable[..., Awaitable[tuple[Page, Any]]]


def last_month() -> str:
    """The home's last month that is over, such as `2026-03`."""
    first = datetime.now(NEW_YORK).replace(day=1)
    return (first - timedelta(days=1)).strftime("%Y-%m")


@pytest.fixture
def open_costs(stage: Any, open_page: Any) -> OpenCosts:
    """Opens a part of the costs, by what follows `#/costs` in the address."""

    async def open_one(query: str = "", **options: Any) -> tuple[Page, Any]:
        person = await stage.linked()
        await stage.get("/devices", person)
        now = datetime.now(UTC)
        # A month at a time, so that each is answered soon.
        for circuit, days in product(CIRCUITS, (62, 31)):
            answer = await stage.get(
                "/history",
                person,
                series=circuit,
                start=(now - timedelta(days=days)).isoformat(),
                end=(now - timedelta(days=days - 31)).isoformat(),
                scale="1H",
                energyUnit="KilowattHours",
            )
            assert answer.status_code == 200, answer.text
        kept = await stage.client.post("/me/tariffs", headers=person.bearer, json=TAXED)
        assert kept.status_code == 201, kept.text
        page: Page = await open_page(stage.url, view=f"costs{query}", person=person, **options)
        return page, person

    return open_one
