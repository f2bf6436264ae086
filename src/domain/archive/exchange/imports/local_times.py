"""Local times of a file's lines as seconds since 1970, through both changes of the clock."""

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.archive.exchange.errors import ImportRefused

_TEXT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2}) (\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
OLDEST = datetime(2000, 1, 1)  # noqa: DTZ001  # local, wherever that is
"""Nobody has measured by Emporia before."""


def local_time(text: str, line: int) -> datetime:
    """Read `MM/DD/YYYY HH:MM:SS` or `MM/DD/YY HH:MM`, naive; raises ImportRefused."""
    found = _TEXT.fullmatch(text.strip())
    if found is not None:
        month, day, year, hour, minute, second = (int(part or 0) for part in found.groups())
        is_short = len(found.group(3)) == 2
        try:
            read = datetime(  # noqa: DTZ001  # what it is in UTC depends on the line before
                year + 2000 if is_short else year, month, day, hour, minute, second
            )
        except ValueError:
            pass
        else:
            if read >= OLDEST:
                return read
    raise ImportRefused(
        f"'{text[:40]}' is no time; it has to be like 03/31/2026 23:59:00 or 03/31/26 23:59.",
        line=line,
    )


class LocalTimes:
    """Turns times, line by line, into seconds: of an hour that comes twice the first comes first.

    `begins_late` says that the file begins in the second of the two.
    """

    def __init__(self, zone: ZoneInfo, *, begins_late: bool = False) -> None:
        self._zone = zone
        self._begins_late = begins_late
        self._newest: int | None = None

    def instant(self, local: datetime, line: int) -> int:
        """The second at which the bucket begins; raises ImportRefused where time goes back."""
        first, second = both(local, self._zone)
        if first > second:
            raise ImportRefused(
                f"{_shown(local)} does not exist in {self._zone}: the clocks went forward.",
                line=line,
            )
        self._begins_late = self._begins_late and first < second
        newest = self._newest
        found = first
        if self._begins_late or (newest is not None and first <= newest):
            found = second
        if newest is not None and found <= newest:
            raise ImportRefused(
                f"{_shown(local)} is not after the line before; lines have to come in order of "
                "time, the oldest first, each once.",
                line=line,
            )
        self._newest = found
        return found


def both(local: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """What it is before a change of the clock and after: the same but around one.

    Of a time that comes twice the first is smaller; of one that does not come it is larger.
    """
    before, after = (int(local.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    return before, after


def begins_late(times: Iterable[datetime], zone: ZoneInfo, *, width_seconds: int) -> bool:
    """Whether a file that begins in an hour that comes twice begins in the second of the two.

    It does where its lines go on from there, without coming back, to the first line afterwards.
    """
    newest: tuple[int, int] | None = None
    for local in times:
        first, second = both(local, zone)
        if first == second:
            return newest is not None and first - newest[1] == width_seconds
        if newest is not None and first <= newest[0]:
            return False
        newest = first, second
    return False


def _shown(local: datetime) -> str:
    return f"{local:%m/%d/%Y %H:%M:%S}"
