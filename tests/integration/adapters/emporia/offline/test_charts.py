from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.emporia.charts import read_chart
from domain.errors import EmporiaUnreadable

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_chart_is_read_with_its_gaps() -> None:
    chart = read_chart(
        {"firstUsageInstant": "2026-03-01T12:00:00Z", "usageList": [1, None, -2.5, 0]}
    )

    assert chart.first_usage_instant == NOW
    assert chart.usages == [1, None, -2.5, 0]


@pytest.mark.parametrize(
    "document", [{"usageList": []}, {"firstUsageInstant": None, "usageList": []}]
)
def test_an_empty_chart_needs_no_first_instant(document: dict[str, Any]) -> None:
    chart = read_chart(document)

    assert chart.first_usage_instant is None
    assert chart.usages == []


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"usageList": None, "firstUsageInstant": "2026-03-01T12:00:00Z"},
        {"usageList": [1.0]},
        {"usageList": [1.0], "firstUsageInstant": "yesterday"},
        {"usageList": [1.0], "firstUsageInstant": 1_772_366_400},
        {"usageList": ["1.0"], "firstUsageInstant": "2026-03-01T12:00:00Z"},
    ],
)
def test_a_nonsensical_chart_is_unreadable(document: dict[str, Any]) -> None:
    with pytest.raises(EmporiaUnreadable):
        read_chart(document)
