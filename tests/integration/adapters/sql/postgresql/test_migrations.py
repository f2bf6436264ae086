"""The steps make what the repositories expect, once, however many gateways start at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgresql.faults import DatabaseUnusable
from adapters.postgresql.migrate import HEAD, DatabaseNewer, at_once, upgrade, version
from adapters.postgresql.migrations import runner
from adapters.postgresql.tables import metadata
from adapters.sql.archive.tables import metadata as archive
from adapters.sql.tables import metadata as accounts
from tests.servers.postgres import PostgresServer


def by_hand(url: str, statement: str) -> None:
    async def done(connection: AsyncConnection) -> None:
        await connection.execute(text(statement))

    at_once(url, done)


def test_the_steps_make_what_the_tables_say(postgres_url: str) -> None:
    def compared(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    async def differences(connection: AsyncConnection) -> list[object]:
        return await connection.run_sync(compared)

    assert at_once(postgres_url, differences) == []


def test_texts_that_are_sorted_are_so_everywhere(postgres_url: str) -> None:
    async def collations(connection: AsyncConnection) -> list[tuple[str, ...]]:
        rows = await connection.execute(
            text(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND collation_name = 'C' ORDER BY 1"
            )
        )
        return [tuple(row) for row in rows.all()]

    assert at_once(postgres_url, collations) == [
        ("series", "channel"),
        ("tenants", "name"),
        ("users", "email_key"),
    ]


def test_every_table_of_sqlite_is_there() -> None:
    assert accounts.tables.keys() | archive.tables.keys() <= metadata.tables.keys()


def test_an_empty_database_has_no_version_and_then_the_newest(empty_url: str) -> None:
    before = version(empty_url)

    upgrade(empty_url)
    upgrade(empty_url)

    assert (before, version(empty_url)) == (None, HEAD)


def test_of_gateways_that_start_together_one_makes_the_tables(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(upgrade, [empty_url] * 4))

    assert version(empty_url) == HEAD


def test_the_steps_can_be_taken_back(postgres_url: str) -> None:
    def taken_back(connection: Connection) -> list[str]:
        runner.downgrade(connection, to="base")
        return inspect(connection).get_table_names()

    async def tables(connection: AsyncConnection) -> list[str]:
        return await connection.run_sync(taken_back)

    assert at_once(postgres_url, tables) == ["alembic_version"]


def test_a_later_version_is_left_alone(postgres_url: str) -> None:
    by_hand(postgres_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseNewer, match="a later version of the gateway"):
        upgrade(postgres_url)


def test_a_database_that_is_not_there_is_told_without_a_secret(postgres: PostgresServer) -> None:
    url = postgres.url("nowhere").replace("test@", "test:top-secret@")

    with pytest.raises(DatabaseUnusable) as refusal:
        upgrade(url)

    assert str(refusal.value) == (
        "The PostgreSQL database nowhere is not there; create it, or name another in DATABASE_URL."
    )


def test_a_server_that_is_away_is_told_without_a_secret() -> None:
    with pytest.raises(DatabaseUnusable) as refusal:
        upgrade("postgresql+asyncpg://ada:top-secret@127.0.0.1:1/gateway")

    assert str(refusal.value) == (
        "The PostgreSQL database gateway can't be reached or does not answer (ECONNREFUSED); "
        "see that it runs."
    )
