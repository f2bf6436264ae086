"""Engines on a database of the test's own."""

from collections.abc import AsyncIterator

import pytest

from adapters.postgresql.engine import PostgresEngine, open_engine


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[PostgresEngine]:
    engine = open_engine(postgres_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def other_engine(postgres_url: str) -> AsyncIterator[PostgresEngine]:
    """That of another node."""
    engine = open_engine(postgres_url)
    yield engine
    await engine.dispose()
