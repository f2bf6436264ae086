"""Files as Emporia exports them, of the first home."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from domain.emporia.usage import Scale
from tests.unit.domain.archive.exchange.imports.emporia_files import emporia_csv


def figures(number: int, count: int) -> list[float]:
    """Minutes, in kWh; not those that the archive holds at first."""
    return [((place * 7907 + number * 104_723) % 9973 + 11) / 1e6 for place in range(count)]


COLUMNS: dict[str, Callable[[int], list[float]]] = {
    name: partial(figures, number)
    for number, name in enumerate(("Home-Mains_A", "Home-Mains_B", "Home-Kitchen-Fridge"))
}


def csv_of(
    start: datetime,
    count: int,
    *,
    scale: Scale = Scale.MINUTE,
    fridge: Sequence[float | None] | None = None,
) -> str:
    """So many lines; the fridge's figures may be others."""
    columns: dict[str, Sequence[float | None]] = {
        name: usages(count) for name, usages in COLUMNS.items()
    }
    if fridge is not None:
        columns["Home-Kitchen-Fridge"] = fridge
    return emporia_csv(columns, start=int(start.timestamp()), scale=scale)


def left_files(filled: Any) -> list[Path]:
    """What is in the folder of files that were sent."""
    return sorted(filled.stage.settings.data_dir.glob(".emporia-api.import.*"))
