"""Every row of the table of what was found names tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/reliability.md").read_text()
ROWS = [
    line.split(" | ")
    for line in PAGE.partition("## What was found")[2].splitlines()
    if line.startswith("| ") and not line.startswith("| what |")
]


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every test function, and every file of tests by its name."""
    files = list((ROOT / "tests").rglob("test_*.py"))
    functions = {
        name for file in files for name in re.findall(r"def (test_\w+)\(", file.read_text())
    }
    return functions | {file.stem for file in files}


def test_there_are_rows() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip("| "))
def test_every_row_names_tests_that_exist(row: list[str], names: set[str]) -> None:
    told = re.findall(r"`(test_\w+)`", " ".join(row))
    pages = re.findall(r"`(web/[\w./-]+)`", row[1])
    assert told or pages
    assert [name for name in told if name not in names] == []
    assert [page for page in pages if not (ROOT / page).exists()] == []
