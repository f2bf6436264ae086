"""Every fault of Emporia's cloud against every call of a client: `make chaos`."""

import pytest

from tests.chaos.matrix.cells import hold_to_cell
from tests.chaos.matrix.expectations import MATRIX, Call
from tests.chaos.matrix.faults import BY_NAME
from tests.chaos.matrix.fixtures import scene as scene

CELLS = [(fault, call) for fault in MATRIX for call in Call]


def test_every_fault_has_a_row() -> None:
    assert list(MATRIX) == list(BY_NAME)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("fault", "call"), CELLS)
async def test_cell(scene, fault: str, call: Call) -> None:
    await hold_to_cell(scene, fault, call)
