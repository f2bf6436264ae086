"""CSV files as they are read."""

import pytest

from adapters.csv import import_file
from adapters.csv.import_file import CsvImportFile
from domain.archive.exchange.errors import ImportRefused


@pytest.fixture
def rows_of(tmp_path):
    def read(content):
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with CsvImportFile(path).open() as rows:
            return list(rows)

    return read


HEAD = "Time Bucket (UTC)"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_are_read_with_their_lines_whatever_wrote_them(rows_of, mark, end, delimiter):
    lines = [
        f"{mark}{HEAD}{delimiter}A, b; c" if delimiter == "\t" else f"{mark}{HEAD}{delimiter}A"
    ]
    lines += [f"x{delimiter}1", "", delimiter, f"y{delimiter}2"]
    assert [(number, len(cells)) for number, cells in rows_of(end.join(lines))] == [
        (1, 2),
        (2, 2),
        (5, 2),
    ]


def test_names_may_be_quoted_and_hold_the_delimiter(rows_of):
    assert rows_of(f'"{HEAD}","Home, sweet ""home"""\n') == [(1, [HEAD, 'Home, sweet "home"'])]
    assert rows_of("A,B\n") == [(1, ["A", "B"])]


def test_a_file_can_be_read_again_and_tells_how_far_it_is(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(f"{HEAD},A\nx,1\n")
    file = CsvImportFile(path)
    assert file.size == path.stat().st_size
    for _ in range(2):
        with file.open() as rows:
            assert rows.position == 0
            assert len(list(rows)) == 2
            assert rows.position == file.size


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        ("", None, "the file is empty."),
        (f"{HEAD},A\nx,1\nÄ,1".encode("latin-1"), 3, "it is not in UTF-8."),
        (f"{HEAD},A".encode("utf-16"), 1, "it is not in UTF-8."),
        (f'{HEAD},A\nx,"1\ny,2\n', 2, "a quotation mark is not closed."),
        (f'{HEAD},A\nx,"1\ny","2"\n', 2, "a quotation mark is not closed."),
        (f'{HEAD},A\nx,"1"2\n', 2, "it can't be read as CSV."),
        (f'{HEAD},A\nx,"1\n' + "y" * 40_000 + "\n" + ("y" * 40_000 + "\n") * 5, 2, "not closed."),
        (f"{HEAD},A\n" + "x" * 70_000, 2, "the line is longer than 65,536 bytes."),
    ],
)
def test_what_can_not_be_read_is_named(rows_of, content, line, sentence):
    with pytest.raises(ImportRefused) as refusal:
        rows_of(content)
    assert refusal.value.line == line
    assert refusal.value.reason.endswith(sentence)


def test_a_line_without_an_end_is_never_in_memory(rows_of, monkeypatch):
    monkeypatch.setattr(import_file, "LONGEST_LINE_BYTES", 100)
    with pytest.raises(ImportRefused, match="longer than 100 bytes"):
        rows_of("x" * 1_000)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("a")
    file = CsvImportFile(path)
    path.write_text("ab")
    with pytest.raises(ImportRefused, match="has changed"), file.open():
        pass
