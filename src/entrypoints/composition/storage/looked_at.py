"""What `doctor` asks a database for, whichever it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.ports.operations.checks import Check
from domain.accounts.users import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """Looks at the database and the archive, and what other looks have to know; all of it blocks.

    `links` are told by when each signed in, whether it is dead and whether it has a password;
    `spent` by account, and whether any count is ahead of this instant (UTC).
    """

    checks: Sequence[Check]
    somebody_logged_in: Callable[[], bool]
    sealed: Callable[[], Mapping[str, Sequence[tuple[UserId, bytes]]]]
    links: Callable[[], Sequence[tuple[datetime, bool, bool]] | None]
    spent: Callable[[datetime], tuple[Sequence[int], bool] | None]
