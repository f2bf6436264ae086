"""Lines of the trail as commands print them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.accounts.trail import TrailLine


def told(line: "TrailLine") -> tuple[str, ...]:
    """When, what, who did it, and the details as `name=value`, or - where there are none."""
    from domain.instants import format_instant

    details = dict(line.detail)
    if line.times > 1:
        details |= {"times": str(line.times), "until": format_instant(line.last_at)}
    shown = ", ".join(f"{name}={text}" for name, text in details.items())
    return format_instant(line.at), line.kind, line.by, shown or "-"
