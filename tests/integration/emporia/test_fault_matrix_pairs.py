"""Each fault of Emporia's cloud and each call of a client, paired; `make chaos` has all pairs."""

import pytest

from tests.chaos.matrix.cells import hold_to_cell
from tests.chaos.matrix.expectations import MATRIX, Call
from tests.chaos.matrix.fixtures import scene as scene

PAIRS = [
    (fault, list(Call)[(place * 3 + shift) % len(Call)])
    for place, fault in enumerate(MATRIX)
    for shift in (0, 4)
]
"""Two calls for each fault, so that each call meets seven or eight of them."""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("fault", "call"), PAIRS)
async def test_cell(scene, fault: str, call: Call) -> None:
    await hold_to_cell(scene, fault, call)
