"""docs/reliability.md shows the matrix of faults and calls that the tests hold the gateway to."""

from docs.fault_matrix import PAGE, renewed


def test_the_matrix_in_the_docs_is_the_one_in_the_tests() -> None:
    page = PAGE.read_text()

    assert page == renewed(page), "stale: run python -m docs.fault_matrix"
