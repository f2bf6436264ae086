"""docs/errors.md tells every code that the code has."""

from pathlib import Path

from entrypoints.failures.codes import OF_STREAMS, TABLE

PAGE = Path(__file__).parents[3] / "docs" / "errors.md"


def test_the_table_of_codes_is_the_one_in_the_code():
    rows = [
        f"| `{failure.code}` | {failure.status} | {failure.title} |"
        for failure in sorted(TABLE, key=lambda failure: (failure.status, failure.code))
        if failure not in OF_STREAMS
    ]
    of_streams = [f"| `{failure.code}` | {failure.title} |" for failure in OF_STREAMS]

    told = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert told == rows + of_streams
