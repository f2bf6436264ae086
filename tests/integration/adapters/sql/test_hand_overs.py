"""A login that waits for its page is given out once and in time, on whichever node."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters.memory.hand_overs import InMemoryHandOvers
from adapters.postgresql.engine import open_engine
from adapters.postgresql.hand_overs import PostgresHandOvers
from domain.accounts.identities import HAND_OVER_LASTS, HandOver
from domain.accounts.users import UserId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WAITING = HandOver(
    user_id=UserId(UUID("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")),
    binding="of this browser",
    begun_at=NOW,
    is_fresh=True,
)


@pytest.fixture(params=["memory", "postgresql"])
async def nodes(request: pytest.FixtureRequest, postgres_url: str) -> AsyncIterator[Any]:
    """The one that signs in, and the one that is asked; in memory it is the same."""
    if request.param == "memory":
        one = InMemoryHandOvers()
        yield one, one
        return
    engines = open_engine(postgres_url), open_engine(postgres_url)
    yield tuple(map(PostgresHandOvers, engines))
    for engine in engines:
        await engine.dispose()


async def test_it_is_given_out_once(nodes) -> None:
    here, there = nodes
    await here.add("code", WAITING)

    assert await there.take("other", now=NOW) is None
    assert await there.take("code", now=NOW + HAND_OVER_LASTS) == WAITING
    assert await there.take("code", now=NOW) is None
    assert await here.take("code", now=NOW) is None


async def test_it_is_given_out_in_time_alone(nodes) -> None:
    here, there = nodes
    await here.add("code", WAITING)

    late = NOW + HAND_OVER_LASTS + timedelta(microseconds=1)
    assert await there.take("code", now=late) is None
    assert await there.take("code", now=NOW) is None
