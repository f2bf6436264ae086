from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from adapters.emporia.charts import read_chart
from adapters.emporia.gateway import HttpxEmporiaGateway
from domain.archive.windows import HistoryRange
from domain.emporia.devices import UNKNOWN_LOCATION
from domain.emporia.links import EmporiaTokens
from domain.emporia.usage import Scale
from domain.errors import EmporiaUnreadable
from tests.integration.adapters.emporia.offline.conftest import AN_HOUR, NOW


def test_a_chart_is_read_with_its_gaps() -> None:
    chart = read_chart(
        {"firstUsageInstant": "2026-03-01T12:00:00Z", "usageList": [1, None, -2.5, 0]}
    )

    assert chart.first_usage_instant == NOW
    assert chart.usages == [1, None, -2.5, 0]


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"usageList": []},
        {"firstUsageInstant": None, "usageList": []},
        {"firstUsageInstant": "2026-03-01T12:00:00Z", "usageList": None},
    ],
)
def test_a_chart_without_a_list_is_empty_and_needs_no_first_instant(
    document: dict[str, Any],
) -> None:
    chart = read_chart(document)

    assert chart.first_usage_instant is None
    assert chart.usages == []


@pytest.mark.parametrize(
    "document",
    [
        {"message": "Internal server error"},
        {"usageList": ""},
        {"usageList": [1.0]},
        {"usageList": [1.0], "firstUsageInstant": "yesterday"},
        {"usageList": [1.0], "firstUsageInstant": 1_772_366_400},
        {"usageList": ["1.0"], "firstUsageInstant": "2026-03-01T12:00:00Z"},
    ],
)
def test_a_nonsensical_chart_is_unreadable(document: dict[str, Any]) -> None:
    with pytest.raises(EmporiaUnreadable):
        read_chart(document)


@pytest.mark.parametrize("odd", [b'""', b' ""\n', b"{}", b'{"firstUsageInstant":null}'])
async def test_a_window_without_a_list_is_a_gap(
    make_gateway: Callable[..., HttpxEmporiaGateway], tokens: EmporiaTokens, odd: bytes
) -> None:
    whole = b'{"firstUsageInstant":"2026-03-01T12:00:00Z","usageList":[1,2]}'
    answers = iter([whole, odd])
    gateway = make_gateway(lambda _: httpx.Response(200, content=next(answers)))
    charts = [await gateway.chart(tokens, AN_HOUR) for _ in range(2)]
    joined = HistoryRange(
        scale=Scale.HOUR,
        start=NOW,
        end=NOW + timedelta(hours=4),
        location=UNKNOWN_LOCATION,
        most_buckets=10,
    ).join(charts)

    assert joined.usages == [1, 2, None, None]
