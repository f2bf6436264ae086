"""The tables of the security page: whole, and about tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/security.md").read_text()
ASKED = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
}  # fmt: skip
"""How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they come first in it."""

ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \|(.*)\|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every test function."""
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)\(", file.read_text())}


def test_every_requirement_of_the_five_chapters_has_one_row() -> None:
    wanted = [f"{section}.{each + 1}" for section, count in ASKED.items() for each in range(count)]
    assert [number for number, _ in ROWS] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_no_cell_is_blank(row: tuple[str, str]) -> None:
    cells = [cell.strip() for cell in row[1].split("|")]
    assert len(cells) == 4
    assert all(len(cell) > 3 for cell in cells[1:])
    assert cells[0] in {"1", "2"}


def test_every_test_that_is_named_is_there(names: set[str]) -> None:
    told = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(told) > 60
    assert told - names == set()
