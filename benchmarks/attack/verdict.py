"""What an attack did, whether that is allowed, and the table of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.attack.measuring import Holdings, percentile

LATE_MS = 250.0
"""For `/health/live` at p99, and for a viewer's frames at most."""

LOGIN_SECONDS = 10.0
MEMORY_MEGABYTES = 40.0
"""What may be left of an attack ten seconds after it, above what was held before.

Caches fill, and Python gives memory for small objects back by the megabyte, once nothing lives in
one: whatever is allocated while a crowd is there, and stays, keeps one whole. The thousand stuck
streams that an address may have leave 24 to 29 MB so, of which 3 are in use; not even forgetting
every sample, device list and cache freed one of those megabytes. It is used again, and does not
grow: one process was attacked three times, and then held 162, 163 and 163 MB (138 before). What
grows is a leak, and passes this limit in a longer attack.
"""

FILES = 24
"""How many more files may be open then: the pool's five connections to the database, with three
or four files each, stay once a crowd has needed them."""

COLUMNS = (
    "attack",
    "sent (answered)",
    "health p50 / p99 / max ms",
    "frames late p99 / max ms",
    "login s",
    "memory before / peak / after MB",
    "files before / peak / after",
    "log lines",
    "verdict",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One attack; `login_seconds` None means that the login failed while it went on."""

    attack: str
    sent: int
    answered: int
    health_seconds: list[float]
    health_failed: int
    late_seconds: list[float]
    login_seconds: float | None
    before: Holdings
    peak: Holdings
    after: Holdings
    log_lines: int

    def broken(self) -> Iterator[str]:
        """Each limit that did not hold; an attack that sent nothing shows nothing."""
        if not self.sent:
            yield "nothing sent"
        if percentile(self.health_seconds, 0.99) * 1_000 > LATE_MS:
            yield "health late"
        if self.health_failed:
            yield f"health failed {self.health_failed} times"
        if max(self.late_seconds, default=0) * 1_000 > LATE_MS:
            yield "frames late"
        if self.login_seconds is None:
            yield "no login"
        elif self.login_seconds > LOGIN_SECONDS:
            yield "login late"
        if self.after.megabytes > self.before.megabytes + MEMORY_MEGABYTES:
            yield "memory kept"
        if self.after.files > self.before.files + FILES:
            yield "files kept"

    def cells(self) -> Iterator[str]:
        """The row of the table."""
        yield self.attack
        yield f"{self.sent:,} ({self.answered:,})"
        yield _milliseconds(self.health_seconds, 0.5, 0.99, 1)
        yield _milliseconds(self.late_seconds, 0.99, 1)
        yield "none" if self.login_seconds is None else f"{self.login_seconds:.1f}"
        held = (self.before, self.peak, self.after)
        yield " / ".join(f"{holdings.megabytes:.0f}" for holdings in held)
        yield " / ".join(f"{holdings.files:,}" for holdings in held)
        yield f"{self.log_lines:,}"
        yield ", ".join(self.broken()) or "holds"


def table(outcomes: Sequence[Outcome]) -> str:
    """All outcomes, as Markdown."""
    rows = [COLUMNS, ["---"] * len(COLUMNS), *(tuple(outcome.cells()) for outcome in outcomes)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _milliseconds(seconds: list[float], *shares: float) -> str:
    return " / ".join(f"{percentile(seconds, share) * 1_000:,.0f}" for share in shares)
