"""The users' table is made anew: nobody and nothing of theirs is lost, up and down."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.sqlite.contents import contents_of
from adapters.sqlite.migrate import upgrade
from adapters.sqlite.migrations import runner
from adapters.sqlite.schema import strangeness

BEFORE, AFTER = "0010", "0011"
ADA, BOB, CLARA = (letter * 32 for letter in "abc")
HOME_APP = "1" * 32
OF_A_USER = (
    ("emporia_links", "(?, 4711, 'subject', 'name', 1, x'00')"),
    ("last_answers", "(?, 'devices', 4711, 1, x'00')"),
    ("sessions", "('login ' || ?1, ?1, 'curl', '', 1, 1, 99, NULL)"),
    ("ended_logins", "('ended ' || ?1, ?1, 99)"),
    ("known_networks", "(CAST(?1 AS BLOB), ?1, 1)"),
    ("second_factors", "(?, x'00', 1, 2, 3)"),
    ("recovery_codes", "(?, x'00')"),
    ("identities", "(?1, 'https://provider.example', ?1, 1)"),
    ("trail", "(NULL, ?1, 1, 1, 'signed_in', 'session', '', 1, NULL)"),
    ("api_keys", "(?1, CAST(?1 AS BLOB), ?1, 'display', 'eea_', 'read', NULL, 1, NULL, NULL)"),
)


def fill(connection: sqlite3.Connection, *users: str) -> None:
    """Give each of these users a row in every table."""
    for user in users:
        for table, values in OF_A_USER:
            connection.execute(f"INSERT INTO {table} VALUES {values}", (user,))  # noqa: S608


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept of people, by table; users without their tenant, links as they were then."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608
            for table, _ in OF_A_USER
        }
        kept["users"] = connection.execute(
            "SELECT id, email, email_key, password_hash, created_at, updated_at, logins_since, "
            "spared_login FROM users ORDER BY 1"
        ).fetchall()
        kept["emporia_links"] = [row[:6] for row in kept["emporia_links"]]
    return kept


@pytest.fixture
def of_before(database: Path) -> Path:
    """A database of before there were tenants, with two users who have something everywhere."""
    database.parent.mkdir()
    runner.upgrade(database, to=BEFORE)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for user in (ADA, BOB):
            connection.execute(
                "INSERT INTO users VALUES (?1, ?1 || '@Homelab', ?1 || '@homelab', 'hash', "
                "1, 2, 3, 'spared')",
                (user,),
            )
        fill(connection, ADA, BOB)
    return database


def test_an_upgrade_loses_nobody_and_nothing_of_theirs(of_before: Path) -> None:
    before = rows(of_before)

    upgrade(of_before)

    assert rows(of_before) == before
    assert len(before["users"]) == 2
    with closing(sqlite3.connect(of_before)) as connection:
        assert connection.execute("SELECT DISTINCT tenant_id FROM users").fetchall() == [(None,)]
    version = contents_of(of_before).version
    assert version is not None
    assert strangeness(of_before, version) == ""


def test_after_an_upgrade_rows_still_go_with_their_user_and_emails_are_unique(
    of_before: Path,
) -> None:
    upgrade(of_before)
    with closing(sqlite3.connect(of_before)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match=r"users\.email_key"):
            connection.execute("UPDATE users SET email_key = 'x'")
        connection.execute("DELETE FROM users WHERE id = ?", (ADA,))

    assert {table: len(kept) for table, kept in rows(of_before).items()} == {
        **{table: 1 for table, _ in OF_A_USER},
        "users": 1,
    }


def test_a_downgrade_keeps_the_default_tenants_users_and_drops_the_others_whole(
    of_before: Path,
) -> None:
    before = rows(of_before)
    upgrade(of_before)
    runner.downgrade(of_before, to=AFTER)
    with closing(sqlite3.connect(of_before)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(
            "INSERT INTO tenants VALUES (?, 'home-app', 'eet_', x'00', 1, NULL, NULL, NULL)",
            (HOME_APP,),
        )
        connection.execute(
            "INSERT INTO users SELECT ?, email, email_key, password_hash, created_at, updated_at, "
            "logins_since, spared_login, ? FROM users WHERE id = ?",
            (CLARA, HOME_APP, ADA),
        )
        fill(connection, CLARA)

    runner.downgrade(of_before, to=BEFORE)

    assert rows(of_before) == before
    assert strangeness(of_before, BEFORE) == ""
    upgrade(of_before)
    assert rows(of_before) == before


def test_rows_without_a_user_from_before_stop_no_upgrade(of_before: Path) -> None:
    with closing(sqlite3.connect(of_before)) as connection, connection:
        connection.execute("INSERT INTO ended_logins VALUES ('by hand', ?, 99)", (CLARA,))

    upgrade(of_before)

    assert contents_of(of_before).users == 2
