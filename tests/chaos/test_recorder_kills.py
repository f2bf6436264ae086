"""Thirty kills of a recorder in the middle of its first fill."""

from tests.chaos.recorder_kills import killed_while_filling

KILLS = 30


async def test_nothing_is_asked_for_twice_but_what_was_under_way(tmp_path):
    counted = await killed_while_filling(tmp_path / "data", kills=KILLS, seed=1)

    again = sum(window["times"] - 1 for window in counted["windows"])
    assert counted["windows_forgotten"] == 0
    assert again <= KILLS
    assert len(counted["windows"]) >= 1_600
