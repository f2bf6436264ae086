"""Writes what every fault of Emporia's cloud looks like to every call into docs/reliability.md.

Usage: python -m docs.fault_matrix
"""

from pathlib import Path

from tests.chaos.matrix.expectations import MATRIX, Call, Row

PAGE = Path(__file__).with_name("reliability.md")
BEGIN, END = "<!-- faults and calls: python -m docs.fault_matrix -->", "<!-- end -->"


def table() -> str:
    """The matrix as Markdown: a row for each fault."""
    calls = [call.value for call in Call]
    lines = [
        "| fault | " + " | ".join(calls) + " | well again |",
        "|" + "---|" * (len(calls) + 2),
        *(_line(fault, row) for fault, row in MATRIX.items()),
    ]
    return "\n".join(lines)


def renewed(page: str) -> str:
    """The page with the table of now; raises ValueError where the page has no place for it."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} needs the lines {BEGIN} and {END}.")
    return f"{before}{begin}\n{table()}\n{end}{after}"


def _line(fault: str, row: Row) -> str:
    cells = [row.seen[call].shown for call in Call]
    return f"| {fault} | " + " | ".join(cells) + f" | {row.recovery} |"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text()))
