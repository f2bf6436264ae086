"""The connection below an answer that goes on, for those who have to end it from above."""

from collections.abc import Mapping
from typing import Any, Protocol

EXTENSION = "emporia.line"


class Line(Protocol):
    """A connection; no method blocks, and ending it twice does no harm."""

    def hang_up(self) -> None:
        """Let what was written be read for a moment, then end the connection."""
        ...

    def cut(self) -> None:
        """End the connection now, whatever was not read yet."""
        ...

    def cut_within(self, seconds: float) -> None:
        """End the connection so then, unless it ends by itself."""
        ...


def line_of(scope: Mapping[str, Any]) -> Line | None:
    """The line of this request, None on a server that has none."""
    line: Line | None = scope.get("extensions", {}).get(EXTENSION)
    return line
