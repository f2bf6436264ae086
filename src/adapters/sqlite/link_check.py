"""Looks at the links in a database file: which are dead, and which will be soon."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from adapters.sql.tables import EPOCH, MICROSECOND
from adapters.sqlite.contents import opened
from adapters.sqlite.faults import StorageUnusable
from application.ports.clock import Clock
from application.ports.operations.checks import Check
from domain.counted import counted
from domain.emporia.links import LinkLife
from domain.operations.findings import Finding, fine, note


class LinkCheck(Check):
    """Tells the operator what users are told, without a name; links that renew themselves are fine.

    The file may be of an earlier version, which does not know when links signed in.
    """

    about = "links"

    def __init__(
        self,
        links: Callable[[], Sequence[tuple[datetime, bool, bool]] | None],
        *,
        life: LinkLife,
        may_keep_passwords: bool,
        clock: Clock,
    ) -> None:
        """`links` blocks: when each signed in, whether it is dead, and whether it has a password.

        None where there is no database yet.
        """
        self._links = links
        self._life = life
        self._may_keep_passwords = may_keep_passwords
        self._clock = clock

    async def look(self) -> Sequence[Finding]:
        try:
            links = await asyncio.to_thread(self._links)
        except (sqlite3.DatabaseError, StorageUnusable):
            return [note(self.about, "their ends can't be told of this database")]
        if links is None:
            return [fine(self.about, "nothing is linked yet")]
        now = self._clock.now()
        dead = sum(is_dead for _, is_dead, _ in links)
        ends = [
            self._life.end_after(signed_in_at)
            for signed_in_at, is_dead, has_password in links
            if not is_dead and not (has_password and self._may_keep_passwords)
        ]
        ending = [end for end in ends if self._life.is_near(end, now)]
        told = []
        if ending:
            told.append(self._of_ending(ending))
        if dead:
            have = "has" if dead == 1 else "have"
            told.append(note(self.about, f"{counted(dead, 'link')} {have} died; link again"))
        return told or [fine(self.about, f"{counted(len(links), 'link')}, and none ends soon")]

    def _of_ending(self, ends: Sequence[datetime]) -> Finding:
        day = f"{min(ends):%Y-%m-%d}"
        if len(ends) == 1:
            return note(self.about, f"a link to Emporia ends about {day}; link it again before")
        links = f"{len(ends)} links to Emporia end"
        return note(self.about, f"{links}, the first about {day}; link them again before")


def links_in(path: Path) -> Sequence[tuple[datetime, bool, bool]] | None:
    """The links in a file, as `LinkCheck` asks for them. Blocks; raises sqlite3.DatabaseError."""
    if not path.exists():
        return None
    with opened(path, changes_nothing=True) as connection:
        rows = connection.execute(
            "SELECT signed_in_at, sealed_tokens IS NULL, sealed_password IS NOT NULL "
            "FROM emporia_links"
        ).fetchall()
    return [
        (EPOCH + signed_in_at * MICROSECOND, bool(is_dead), bool(has_password))
        for signed_in_at, is_dead, has_password in rows
    ]
