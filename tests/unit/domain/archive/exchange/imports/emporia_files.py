"""Files as Emporia exports them, written of figures that a test knows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.archive.spans import SECONDS
from domain.emporia.usage import Scale

NEW_YORK = ZoneInfo("America/New_York")


def local_text(at: int, zone: ZoneInfo, *, is_short: bool = False) -> str:
    local = datetime.fromtimestamp(at, UTC).astimezone(zone)
    return f"{local:%m/%d/%y %H:%M}" if is_short else f"{local:%m/%d/%Y %H:%M:%S}"


def emporia_csv(
    columns: Mapping[str, Sequence[float | None]],
    *,
    start: int,
    scale: Scale,
    zone: ZoneInfo = NEW_YORK,
    is_short: bool = False,
    no_figure: str = "No CT",
    end: str = "\r\n",
) -> str:
    """Kilowatt hours by column, written in kW up to a quarter of an hour and in kWh beyond."""
    width = SECONDS[scale]
    is_power = scale is not Scale.HOUR
    unit = "kWatts" if is_power else "kWhs"
    lines = [",".join([f"Time Bucket ({zone})", *(f"{name} ({unit})" for name in columns)])]
    for place, row in enumerate(zip(*columns.values(), strict=True)):
        cells = [
            no_figure if kwh is None else repr(kwh * 3600 / width if is_power else kwh)
            for kwh in row
        ]
        text = local_text(start + place * width, zone, is_short=is_short)
        lines.append(",".join([text, *cells]))
    return end.join([*lines, ""])
