"""Looks at the links in a database file: which are dead, and which will be soon."""

import asyncio
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from adapters.sql.tables import EPOCH, MICROSECOND
from adapters.sqlite.contents import opened
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
        self, path: Path, *, life: LinkLife, may_keep_passwords: bool, clock: Clock
    ) -> None:
        self._path = path
        self._life = life
        self._may_keep_passwords = may_keep_passwords
        self._clock = clock

    async def look(self) -> Sequence[Finding]:
        if not self._path.exists():
            return [fine(self.about, "nothing is linked yet")]
        try:
            links = await asyncio.to_thread(self._links)
        except sqlite3.DatabaseError:
            return [note(self.about, "their ends can't be told of this database")]
        now = self._clock.now()
        dead = sum(is_dead for _, is_dead, _ in links)
        ends = [
            self._life.end_after(signed_in_at)
            for signed_in_at, is_dead, renews_itself in links
            if not is_dead and not renews_itself
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

    def _links(self) -> list[tuple[datetime, bool, bool]]:
        """When each signed in, whether it is dead, and whether it renews itself."""
        with opened(self._path, changes_nothing=True) as connection:
            rows = connection.execute(
                "SELECT signed_in_at, sealed_tokens IS NULL, sealed_password IS NOT NULL "
                "FROM emporia_links"
            ).fetchall()
        return [
            (EPOCH + signed_in_at * MICROSECOND, bool(is_dead), self._may_keep_passwords and kept)
            for signed_in_at, is_dead, kept in rows
        ]
