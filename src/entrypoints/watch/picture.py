"""Saves what is on the screen as an SVG that loads nothing from elsewhere."""

import io
import re
from pathlib import Path

# Rich has no public name for its template, and the template asks a font server for its font.
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console, RenderableType

MOST_COLUMNS = 72
SELF_CONTAINED = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def save_svg(screen: RenderableType, path: Path, *, title: str) -> None:
    """Write the picture; the same screen always gives the same file."""
    console = Console(
        record=True,
        width=MOST_COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    console.width = console.measure(screen).maximum
    console.print(screen)
    svg = console.export_svg(title=title, code_format=SELF_CONTAINED, unique_id="watch")
    path.write_text(svg, encoding="utf-8")
