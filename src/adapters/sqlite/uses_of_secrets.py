"""What the secrets are needed for, for a look at whether they are there and the right ones."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from adapters.sqlite.contents import contents_of, opened
from domain.accounts.users import UserId

SEALED = {
    "link": "SELECT user_id, sealed_tokens FROM emporia_links WHERE sealed_tokens IS NOT NULL",
    "kept password": (
        "SELECT user_id, sealed_password FROM emporia_links WHERE sealed_password IS NOT NULL"
    ),
    "second factor": "SELECT user_id, sealed_secret FROM second_factors WHERE since IS NOT NULL",
}
"""What somebody misses that can't be opened; last answers are only asked for again."""


def sealed(path: Path) -> Mapping[str, Sequence[tuple[UserId, bytes]]]:
    """What is sealed and for whom, by what it is; nothing where it can't be read. Blocks."""
    return {what: _rows(path, statement) for what, statement in SEALED.items()}


def _rows(path: Path, statement: str) -> Sequence[tuple[UserId, bytes]]:
    if not path.exists():
        return ()
    try:
        with opened(path, changes_nothing=True) as connection:
            rows = connection.execute(statement).fetchall()
    except sqlite3.DatabaseError:  # an earlier version may lack the table
        return ()
    return [(UserId(UUID(hex=user_id)), secret) for user_id, secret in rows]


def somebody_logged_in(path: Path) -> bool:
    """Whether there may be logins; not where the database can't be read. Blocks."""
    try:
        return contents_of(path, changes_nothing=True).known_networks > 0
    except sqlite3.DatabaseError:
        return False
