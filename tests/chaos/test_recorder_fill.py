"""Three years of a home of eighteen series, filled from nothing on a clock that skips idle time."""

from tests.integration.archive.conftest import recordings as recordings
from tests.integration.archive.test_recorder import is_filled

ONE_DAY_OF_IT = 84
"""Minutes of 18 series, seconds of the mains, and the device list every hour."""


async def test_three_years_are_filled_within_the_budget_and_no_window_is_asked_for_twice(
    recordings,
):
    async with recordings(email="years@example.com", password="years-password") as recording:
        await recording.step()
        plan = recording.progress.plan
        assert plan is not None
        assert 1_600 <= len(plan.errands) <= 1_680
        assert plan.recorded.requests_a_day == 60

        await recording.run(until=is_filled(recording), hours=48)

        counted = await recording.requests()
        assert is_filled(recording)()
        assert counted["device-api"]["most_in_24_hours"] <= 1_200
        assert counted["windows_forgotten"] == 0
        assert [window for window in counted["windows"] if window["times"] > 1] == []

        before = len(counted["windows"])
        await recording.run(hours=7 * 24)

        counted = await recording.requests()
        assert counted["device-api"]["last_24_hours"] <= ONE_DAY_OF_IT + 16
        assert [window for window in counted["windows"] if window["times"] > 1] == []
        assert 6 * 60 <= len(counted["windows"]) - before <= 8 * 60
