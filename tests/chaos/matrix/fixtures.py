"""One scene for the cells of a module: each leaves it as it found it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.chaos.matrix.scene import Scene, scene_in
from tests.one_task import held


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """Opened and closed by one task, as its parts demand."""
    async with held(scene_in(tmp_path_factory.mktemp("scene"))) as made:
        yield made
