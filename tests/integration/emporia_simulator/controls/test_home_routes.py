"""The control route that tells what really flows in a customer's homes."""

from typing import Any

import httpx
import pytest

WATTS = ("homeWatts", "gridWatts", "solarWatts", "batteryWatts")


async def true_home(guest: Any, email: str, query: str) -> dict[str, Any]:
    homes: list[dict[str, Any]] = await guest.control("GET", f"/homes/{email}{query}")
    (home,) = homes
    return home


@pytest.mark.parametrize(
    ("at", "watts"),
    [
        ("2026-11-24T19:00:00Z", (800, -1_600, 5_000, -2_600)),
        ("2026-11-25T03:00:00Z", (800, 50, 0, 750)),
        ("2026-11-25T06:30:00Z", (800, -1_810, 0, 2_610)),
    ],
)
async def test_a_battery_home_is_told_at_any_instant(
    guest: Any, at: str, watts: tuple[int, ...]
) -> None:
    home = await true_home(guest, "battery@example.com", f"?at={at}")
    assert [home[name] for name in WATTS] == pytest.approx(list(watts), abs=0.001)
    assert (home["timeZone"], home["zipCode"]) == ("America/Phoenix", "85001")
    assert (home["deviceGids"], home["end"]) == ([6001], at)


async def test_without_an_instant_it_is_the_homes_now(guest: Any) -> None:
    home = await true_home(guest, "panels@example.com", "")
    assert (home["start"], home["end"]) == ("2026-11-24T17:10:41Z", "2026-11-24T17:10:42Z")
    assert home["homeWatts"] == pytest.approx(2_750)
    assert home["deviceGids"] == [6601, 6602, 6603]


async def test_a_minute_is_what_the_mains_of_the_list_say(guest: Any) -> None:
    answer = (await guest.usages()).json()["deviceListUsages"]["devices"][0]
    mains = answer["channelUsages"][0]["usage"] * 60_000
    home = await true_home(guest, "home@example.com", "?at=2026-11-24T17:10:00Z&seconds=60")
    assert home["gridWatts"] == pytest.approx(mains, abs=0.1)  # rounded to 0.1 W
    assert mains * 10 == pytest.approx(round(mains * 10), abs=1e-6)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nobody@example.com", 404),
        ("home@example.com?seconds=0", 400),
        ("home@example.com?seconds=86401", 400),
        ("home@example.com?at=yesterday", 400),
        ("home@example.com?at=0001-01-01T00:00:00Z", 400),
    ],
)
async def test_what_makes_no_sense_is_refused(guest: Any, path: str, status: int) -> None:
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await guest.control("GET", f"/homes/{path}")
    assert refused.value.response.status_code == status
