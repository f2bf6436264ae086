"""An hour of outage, over the real way to the cloud, costs few requests, whoever asks.

The dearest one is here, with readers that ask every half minute; `make chaos` has all of them, with
readers that ask every ten seconds, and `python -m tests.chaos.hour_of_outage` prints who asked.
"""

from pathlib import Path

from tests.chaos.hour_of_outage import hold_to_forty_requests


async def test_an_hour_of_401_with_a_stream_and_ten_readers_costs_forty_requests_at_most(
    tmp_path: Path,
) -> None:
    await hold_to_forty_requests(tmp_path, "401 burst", step_seconds=29)
