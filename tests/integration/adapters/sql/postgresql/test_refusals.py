"""Refusals are counted by all nodes together, whatever their clocks say."""

import asyncio

import pytest
from sqlalchemy import text

from adapters.postgresql import refusals
from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.refusals import PostgresRefusals
from adapters.system.clock import SystemClock
from domain.accounts.callers.pauses import PauseRule
from domain.errors import PasswordsBusy

RULE = PauseRule(free_refusals=3, first_seconds=2, longest_seconds=60, forgotten_after_seconds=600)


def counted(engine: PostgresEngine, *, kind: str = "password") -> PostgresRefusals:
    return PostgresRefusals(engine, kind=kind, secret=b"s" * 80, rule=RULE, clock=SystemClock())


@pytest.fixture
def one(engine: PostgresEngine) -> PostgresRefusals:
    return counted(engine)


@pytest.fixture
def two(other_engine: PostgresEngine) -> PostgresRefusals:
    return counted(other_engine)


async def refuse(*nodes: PostgresRefusals, key: str = "ada") -> None:
    for node in nodes:
        assert await node.begin(key) == 0
        await node.end(key, refused=True)


async def passed(engine: PostgresEngine, seconds: float) -> None:
    """Have so much time pass, to the server."""
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "UPDATE refusals SET touched_at = touched_at - :passed,"
                " refused_at = refused_at - :passed"
            ),
            {"passed": round(seconds * 1_000_000)},
        )


async def count_rows(engine: PostgresEngine) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM refusals")) or 0)


async def test_the_free_refusals_are_those_of_all_nodes(
    one: PostgresRefusals, two: PostgresRefusals
) -> None:
    await refuse(one, two, one)

    assert 1 < await two.begin("ada") <= 2
    assert await two.begin("bob") == 0


async def test_the_pause_passes_and_the_next_is_twice_as_long(
    one: PostgresRefusals, two: PostgresRefusals, engine: PostgresEngine
) -> None:
    await refuse(one, two, one)
    await passed(engine, 2)
    await refuse(two)

    assert 3 < await one.begin("ada") <= 4


async def test_what_was_not_refused_counts_for_nothing(one: PostgresRefusals) -> None:
    for _ in range(5):
        assert await one.begin("ada") == 0
        await one.end("ada", refused=False)

    await refuse(one, one)


async def test_kinds_are_counted_apart(one: PostgresRefusals, engine: PostgresEngine) -> None:
    await refuse(one, one, one)

    assert await counted(engine, kind="code").begin("ada") == 0


async def test_long_after_the_last_all_is_forgiven_and_erased(
    one: PostgresRefusals, two: PostgresRefusals, engine: PostgresEngine
) -> None:
    await refuse(one, one, one)
    await refuse(one, key="bob")
    await passed(engine, 601)

    await refuse(two, two, two)

    assert await one.begin("ada") > 0
    assert await count_rows(engine) == 1


async def test_no_more_than_the_free_ones_are_tried_at_once(
    one: PostgresRefusals, two: PostgresRefusals
) -> None:
    for node in (one, two, one):
        assert await node.begin("ada") == 0
    fourth = asyncio.create_task(two.begin("ada"))
    await asyncio.wait([fourth], timeout=0.3)
    assert not fourth.done()

    await one.end("ada", refused=False)

    assert await fourth == 0


async def test_tries_of_a_node_that_is_gone_are_over_after_a_minute(
    one: PostgresRefusals, two: PostgresRefusals, engine: PostgresEngine
) -> None:
    for _ in range(3):
        assert await one.begin("ada") == 0

    await passed(engine, 61)

    assert await two.begin("ada") == 0


async def test_only_so_many_wait_for_each_other(
    one: PostgresRefusals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_WAITING", 0)
    for _ in range(3):
        assert await one.begin("ada") == 0

    with pytest.raises(PasswordsBusy):
        await one.begin("ada")


async def test_nobody_reads_out_of_the_database_whose_passwords_were_wrong(
    one: PostgresRefusals, engine: PostgresEngine
) -> None:
    await refuse(one, key="ada@example.com")

    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM refusals"))).all()
    assert "ada" not in str(rows)
