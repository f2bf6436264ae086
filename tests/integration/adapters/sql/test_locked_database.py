"""What becomes of requests while another program holds the database locked."""

import asyncio
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest

from adapters.memory.leases import OnlyNode
from adapters.sql.request_ledger import SqlRequestLedger
from adapters.system.clock import SystemClock
from application.emporia.cloud.request_budgets import RequestBudgets
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import AccountId
from domain.errors import StorageBusy

ACCOUNT = AccountId(4711)
DAY = timedelta(days=1)


async def test_requests_fail_within_seconds_in_a_sentence_and_are_not_counted(
    engine, database
) -> None:
    ledger = SqlRequestLedger(engine)
    budgets = RequestBudgets(
        ledger=ledger, leases=OnlyNode(), clock=SystemClock(), daily_requests=2000
    )
    await budgets.take(ACCOUNT, Purpose.READ)
    other_program = sqlite3.connect(database, isolation_level=None)
    other_program.execute("BEGIN IMMEDIATE")

    began = time.monotonic()
    outcomes = await asyncio.gather(
        *(budgets.take(ACCOUNT, Purpose.READ) for _ in range(40)), return_exceptions=True
    )
    took = time.monotonic() - began
    spent = (await budgets.status(ACCOUNT)).spent
    other_program.execute("ROLLBACK")
    other_program.close()
    await budgets.take(ACCOUNT, Purpose.READ)

    assert {type(outcome) for outcome in outcomes} == {StorageBusy}
    assert took < 10
    assert spent == 1
    kept = await ledger.slots(ACCOUNT, since=datetime.now(UTC) - DAY)
    assert sum(slot.requests for slot in kept) == 2


async def test_what_is_locked_says_so_whoever_meets_it(engine, database) -> None:
    other_program = sqlite3.connect(database, isolation_level=None)
    other_program.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy, match="busy"):
        async with engine.begin() as connection:
            await connection.exec_driver_sql("DELETE FROM users")
    other_program.execute("ROLLBACK")
    other_program.close()
