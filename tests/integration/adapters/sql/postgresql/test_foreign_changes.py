"""Changes by others are counted, and told from our own."""

import asyncio

import pytest

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.foreign_changes import PostgresForeignChanges
from adapters.sql.users import SqlUserRepository
from domain.accounts.users import User


@pytest.fixture
async def changes(engine: PostgresEngine) -> PostgresForeignChanges:
    """Has looked once."""
    made = PostgresForeignChanges(engine)
    assert not await made.happened()
    return made


async def test_what_another_node_announces_is_noticed_once(
    changes: PostgresForeignChanges, other_engine: PostgresEngine
) -> None:
    await PostgresForeignChanges(other_engine).announce()

    assert [await changes.happened() for _ in range(2)] == [True, False]


async def test_what_we_announce_is_no_foreign_change(changes: PostgresForeignChanges) -> None:
    await changes.announce()

    assert not await changes.happened()


async def test_among_our_own_that_of_another_is_noticed(
    changes: PostgresForeignChanges, other_engine: PostgresEngine
) -> None:
    await changes.announce()
    await PostgresForeignChanges(other_engine).announce()

    assert [await changes.happened() for _ in range(2)] == [True, False]


async def test_a_look_while_we_announce_takes_nothing_for_another_s(
    changes: PostgresForeignChanges,
) -> None:
    async def announce() -> None:
        for _ in range(20):
            await changes.announce()

    announcing = asyncio.create_task(announce())
    noticed = []
    while not announcing.done():
        noticed.append(await changes.happened())

    assert not any([*noticed, await changes.happened()])


async def test_what_is_not_announced_is_none(
    changes: PostgresForeignChanges, other_engine: PostgresEngine, ada: User
) -> None:
    await SqlUserRepository(other_engine).add(ada)

    assert not await changes.happened()


async def test_what_another_node_has_told_of_is_no_news(
    changes: PostgresForeignChanges, other_engine: PostgresEngine
) -> None:
    changes.note(await PostgresForeignChanges(other_engine).announce())

    assert not await changes.happened()


async def test_word_of_a_change_may_come_a_moment_after_it_is_seen(
    changes: PostgresForeignChanges, other_engine: PostgresEngine
) -> None:
    number = await PostgresForeignChanges(other_engine).announce()
    looking = asyncio.create_task(changes.happened())
    await asyncio.sleep(0)
    changes.note(number)

    assert not await looking


async def test_word_of_one_change_hides_no_other(
    changes: PostgresForeignChanges, other_engine: PostgresEngine
) -> None:
    other = PostgresForeignChanges(other_engine)
    changes.note(await other.announce())
    await other.announce()
    changes.note(await other.announce())

    assert [await changes.happened() for _ in range(2)] == [True, False]


async def test_word_that_comes_twice_or_late_hides_nothing(
    changes: PostgresForeignChanges, other_engine: PostgresEngine
) -> None:
    other = PostgresForeignChanges(other_engine)
    number = await other.announce()
    assert await changes.happened()
    changes.note(number)
    changes.note(number)
    await other.announce()

    assert [await changes.happened() for _ in range(2)] == [True, False]
