import csv
import gzip
import io
from array import array

import pytest

from adapters.csv.export_table import CsvExportTable
from domain.archive.exchange.exports import ExportedSeries, Piece
from domain.archive.grid import Grid
from domain.archive.series import SeriesName
from domain.archive.told import Told
from domain.emporia.devices import UNKNOWN_LOCATION
from domain.emporia.usage import Scale

ONE_HOUR = Grid(Scale.HOUR, range(0, 3600, 3600), 3600, UNKNOWN_LOCATION)


def line(device: str | None, circuit: str | None) -> str:
    series = ExportedSeries(
        name=SeriesName(7, "1"), location=UNKNOWN_LOCATION, device=device, circuit=circuit
    )
    told = Told(array("q", [1]), bytearray(b"\0"), bytearray(b"\0"), array("I", [3600]))
    table = CsvExportTable(is_compressed=False)
    return table.rows(Piece(series=series, grid=ONE_HOUR, told=told)).decode()


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_a_spreadsheet_would_compute_is_text(begin) -> None:
    (row,) = csv.reader(io.StringIO(line(f"{begin}1+1", f"{begin}cmd|'/c calc'!A1"), newline=""))
    assert row[1] == f"'{begin}1+1"
    assert row[3] == f"'{begin}cmd|'/c calc'!A1"


@pytest.mark.parametrize(
    "name", ['a "quoted" one', "two\nlines", "a,b", "\r\nx", "caf\u00e9 \U0001f600", ""]
)
def test_no_name_ends_its_cell_or_its_line(name) -> None:
    (row,) = csv.reader(io.StringIO(line(name, name), newline=""))
    assert len(row) == 9
    assert row[3].removeprefix("'") == name


def test_what_can_not_be_written_in_utf_8_is_replaced() -> None:
    assert "?" in line("\ud800", None)


def test_a_number_is_told_to_its_last_digit() -> None:
    assert line(None, None) == (
        "7,,1,,1970-01-01T00:00:00Z,1970-01-01T00:00:00+00:00,1H,2.7777777777777777e-10,live\r\n"
    )


def test_a_compressed_one_is_a_whole_gzip_file() -> None:
    table = CsvExportTable(is_compressed=True)
    text = gzip.decompress(table.head() + table.tail()).decode()
    assert text == ("device_gid,device,channel,circuit,start_utc,start_local,scale,kwh,quality\r\n")
