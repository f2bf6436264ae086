"""Draws a reading: pure, a picture of what it is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from entrypoints.watch.costs import HomeCosts
from entrypoints.watch.home import HomeFigures
from entrypoints.watch.legible import legible
from entrypoints.watch.readings import Reading, Row
from entrypoints.watch.trend import Trends

UNKNOWN = "—"
INDENT = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything on the screen. `trouble` is what goes wrong at present.

    A stale reading should have had a successor by now. `costs` None are not asked for.
    """

    source: str
    reading: Reading | None = None
    costs: Sequence[HomeCosts] | None = None
    age_seconds: float | None = None
    is_stale: bool = False
    trouble: str | None = None


def draw(view: View, trends: Trends) -> RenderableType:
    """The whole screen, from the home's total to what goes wrong."""
    parts: list[RenderableType] = [_header(view)]
    if view.reading is not None:
        if view.costs is not None:
            parts += _costs(view.costs, view.reading.homes)
        parts.append(_table(view.reading, trends))
    if view.trouble is not None:
        parts.append(Text(view.trouble, style="bold red"))
    return Group(*parts)


def _header(view: View) -> Text:
    if view.reading is None:
        return Text(f"Waiting for the first sample from {view.source} ...", style="dim")
    header = Text("\n").join(_homes(view.reading.homes))
    header.append(f"   {view.reading.instant}", style="dim")
    if view.age_seconds is not None:
        header.append(f"   {max(0, round(view.age_seconds))} s old", style="dim")
    if view.is_stale:
        header.append(", stale", style="bold red")
    return header


def _homes(homes: Sequence[HomeFigures]) -> list[Text]:
    """A line for each; of several, each with its name."""
    if len(homes) == 1:
        return [_home(homes[0], "Home")]
    unknown = HomeFigures(name=None, watts=None, grid_watts=None)
    return [_home(home, legible(home.name or "Home")) for home in homes] or [_home(unknown, "Home")]


def _home(home: HomeFigures, name: str) -> Text:
    line = Text(f"{name} ", style="bold")
    line.append(f"{watts_text(home.watts)} W", style=_style(home.watts))
    if home.is_average:
        line.append(" on average in the newest minute", style="dim")
    for source, watts, giving in _sources(home):
        line.append(f"   {source} ", style="dim")
        line.append(f"{watts_text(watts)} W", style=_style(watts))
        if _exports(watts):
            line.append(f" {giving}", style="green")
    return line


def _sources(home: HomeFigures) -> Iterator[tuple[str, float | None, str]]:
    """Where the power comes from, and what it is called when it goes there instead."""
    if home.has_solar or home.has_battery or home.watts != home.grid_watts:
        yield "grid", home.grid_watts, "exported"
    if home.has_solar:
        yield "sun", home.solar_watts, ""
    if home.has_battery:
        yield "battery", home.battery_watts, "charged"


def _costs(costs: Sequence[HomeCosts], homes: Sequence[HomeFigures]) -> list[Text]:
    """A line for each home with a tariff; a dash where none is known to have one."""
    if not costs:
        return [Text("Cost ", style="bold").append(UNKNOWN, style="dim")]
    return [_cost(cost, "Cost" if len(homes) == 1 else _name(cost, homes)) for cost in costs]


def _name(cost: HomeCosts, homes: Sequence[HomeFigures]) -> str:
    found = next((home.name for home in homes if home.gids == cost.gids), None)
    return f"Cost of {legible(found or 'home')}"


def _cost(cost: HomeCosts, name: str) -> Text:
    line = Text(name, style="bold")
    for part, told in cost.parts:
        line.append(f"  {part} ", style="dim not bold").append(told, style="not bold")
    return line


def _table(reading: Reading, trends: Trends) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("Circuit")
    table.add_column("Watts", justify="right")
    table.add_column("Share", justify="right")
    table.add_column("Trend")
    for row in reading.rows:
        table.add_row(
            Text(INDENT * row.depth + row.name, style="bold" if row.depth == 0 else ""),
            Text(watts_text(row.watts), style=_style(row.watts)),
            _share(row),
            Text(trends.line(row.key), style="cyan"),
        )
    return table


def _share(row: Row) -> Text:
    # A rest below zero is no source, but clamps that disagree.
    if _exports(row.watts) and not row.is_rest:
        return Text("gives", style="green")
    return Text(UNKNOWN if row.share is None else f"{_whole(row.share, 100)}%", style="dim")


def watts_text(watts: float | None) -> str:
    """Whole watts, minus for what is exported; an unknown is a dash and never a zero."""
    return UNKNOWN if watts is None else f"{_whole(watts):,}"


def _whole(value: float, times: int = 1) -> int:
    """Halves are rounded away from zero, as on the page; tenths of a watt often end in one."""
    return int((Decimal(value) * times).quantize(Decimal(1), ROUND_HALF_UP))


def _style(watts: float | None) -> str:
    if watts is None:
        return "dim"
    return "green" if _exports(watts) else "yellow"


def _exports(watts: float | None) -> bool:
    return watts is not None and _whole(watts) < 0
