"""An hour of each kind of outage costs few requests, whoever asks: `make chaos`."""

from pathlib import Path

import pytest

from tests.chaos.hour_of_outage import OUTAGES, hold_to_forty_requests


@pytest.mark.parametrize("fault", OUTAGES)
async def test_an_hour_of_outage_costs_forty_requests_at_most_whoever_asks(
    tmp_path: Path, fault: str
) -> None:
    await hold_to_forty_requests(tmp_path, fault)
