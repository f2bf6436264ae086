"""What `watch` shows of costs is what a frame tells, and nothing of it is worked out."""

import io
from typing import Any

import pytest
from rich.console import Console

from entrypoints.watch.client import Sample
from entrypoints.watch.costs import HomeCosts
from entrypoints.watch.home import HomeFigures
from entrypoints.watch.screen import FRAMES_WITHOUT_COSTS, Screen

TOLD: dict[str, Any] = {
    "deviceGids": [10],
    "at": "2026-03-01T12:00:00Z",
    "currency": "USD",
    "tariff": "8a4f7c36-2a0a-4c0e-9d0b-0f5c8f1e2d3c",
    "pricedBy": {"source": "own", "name": "Times of use"},
    "price": {"perKwh": "0.41", "line": "Peak"},
    "today": {"start": "2026-03-01T05:00:00Z", "amount": "1.205000", "coverage": 1.0},
    "bill": {"start": "2026-02-15T05:00:00Z", "amount": "1058.12", "coverage": 0.6},
    "peak": {"kilowatts": 5.26, "at": "2026-02-20T23:15:00Z", "isBilled": False},
}
UNKNOWN = {"start": "2026-03-01T05:00:00Z", "amount": None, "coverage": 0.0}
NOTHING = {**TOLD, "price": None, "today": UNKNOWN, "bill": UNKNOWN, "peak": None}
HOMES = tuple(
    HomeFigures(name=name, gids=frozenset({gid}), watts=None, grid_watts=None)
    for name, gid in (("Flat", 10), ("Cabin", 20))
)


def lines(screen: Screen) -> list[str]:
    """What of the screen is about costs."""
    console = Console(file=io.StringIO(), width=160, color_system=None, record=True)
    console.print(screen)
    shown = (line.rstrip() for line in console.export_text().splitlines())
    return [line for line in shown if line.startswith("Cost")]


def sample(
    usages: dict[str, Any],
    *costs: dict[str, Any],
    homes: tuple[HomeFigures, ...] = HOMES[:1],
) -> Sample:
    told = tuple(HomeCosts.read(each) for each in costs)
    return Sample(usages, is_stale=False, homes=homes, costs=told)


@pytest.fixture
def screen() -> Screen:
    return Screen("http://127.0.0.1:3000")


def test_price_day_bill_and_peak_are_told(screen, usages) -> None:
    screen.take(sample(usages, TOLD))
    assert lines(screen) == [
        (
            "Cost  price 0.41 USD/kWh (Peak)  today 1.20 USD  bill 1,058.12 USD (60% known)  "
            "peak 5.3 kW at 2026-02-20T23:15:00Z"
        )
    ]


def test_what_is_not_known_is_a_dash_and_not_a_zero(screen, usages) -> None:
    screen.take(sample(usages, NOTHING))
    assert lines(screen) == ["Cost  price —  today —  bill —  peak —"]


def test_a_currency_without_coins_has_none(screen, usages) -> None:
    screen.take(sample(usages, {**TOLD, "currency": "JPY"}))
    assert "today 1 JPY" in lines(screen)[0]


def test_by_what_a_home_is_priced_is_told_where_it_is_no_tariff_of_ones_own(screen, usages) -> None:
    by = {"source": "emporia", "name": "The price told to Emporia"}
    screen.take(sample(usages, {**TOLD, "pricedBy": by}))
    assert lines(screen)[0].endswith("  by The price told to Emporia")


def test_of_several_homes_each_is_named(screen, usages) -> None:
    cabin, elsewhere = {**TOLD, "deviceGids": [20]}, {**TOLD, "deviceGids": [30]}
    screen.take(sample(usages, cabin, elsewhere, homes=HOMES))
    assert [line.split("  ")[0] for line in lines(screen)] == ["Cost of Cabin", "Cost of home"]


def test_names_that_a_terminal_would_obey_are_made_legible(screen, usages) -> None:
    screen.take(sample(usages, {**TOLD, "price": {"perKwh": "1", "line": "\x1b[2J"}}))
    assert "\x1b" not in lines(screen)[0]


def test_who_did_not_ask_is_told_of_no_costs(screen, usages) -> None:
    screen.take(Sample(usages, is_stale=False, homes=HOMES))
    assert lines(screen) == []


def test_the_first_sample_is_shown_with_costs_which_come_a_little_later(screen, usages) -> None:
    assert not screen.take(sample(usages))
    assert screen.frames == 0
    assert screen.take(sample(usages, TOLD))
    assert screen.frames == 1


def test_costs_that_nobody_knows_are_not_waited_for_long(screen, usages) -> None:
    for _ in range(FRAMES_WITHOUT_COSTS):
        assert not screen.take(sample(usages))
    assert screen.take(sample(usages))
    assert lines(screen) == ["Cost —"]
