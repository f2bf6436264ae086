"""The event loop that a worker's browser lives in, through all of its tests."""

from functools import partial

import pytest_asyncio

in_browsers_loop = partial(pytest_asyncio.fixture, loop_scope="session")
"""What an asynchronous fixture of these tests is declared with, for it meets the browser."""
