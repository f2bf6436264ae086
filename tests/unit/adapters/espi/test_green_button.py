"""What is read of Green Button files, and what is refused."""

from pathlib import Path

import pytest

from adapters.espi import green_button, reading_types
from adapters.espi.green_button import GreenButtonFiles
from domain.errors import InvalidInput
from tests.green_button import block, kind, reading, write

START = 1_741_305_600
WATT_HOUR = 3_600_000
BILLION_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;">'
    '<!ENTITY lol2 "&lol1;&lol1;&lol1;">]>'
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "usage.xml"


def test_hours_are_read_each_way_whatever_the_order_of_entries(file: Path) -> None:
    write(
        file,
        block(1, START, [500, 700]),
        block(2, START, [0, 30]),
        reading(2),
        reading(1),
        kind(2, direction=19),
        kind(1),
    )
    told = GreenButtonFiles().read(file)
    assert [hour.imported for hour in told.hours.values()] == [500 * WATT_HOUR, 700 * WATT_HOUR]
    assert [hour.exported for hour in told.hours.values()] == [0, 30 * WATT_HOUR]
    assert told.left_out == ()


def test_quarters_of_hours_are_summed(file: Path) -> None:
    write(file, kind(1), reading(1), block(1, START, [1, 2, 3, 4], seconds=900))
    assert [hour.imported for hour in GreenButtonFiles().read(file).hours.values()] == [
        10 * WATT_HOUR
    ]


@pytest.mark.parametrize(("power", "factor"), [(3, 1000), (0, 1), (-3, 0.001)])
def test_powers_of_ten_are_obeyed(file: Path, power: int, factor: float) -> None:
    write(file, kind(1, power=power), reading(1), block(1, START, [5]))
    (hour,) = GreenButtonFiles().read(file).hours.values()
    assert hour.imported == round(5 * WATT_HOUR * factor)


def test_what_is_no_energy_is_left_out_and_said(file: Path) -> None:
    write(
        file,
        kind(1),
        kind(2, uom=38),
        kind(3, more="<accumulationBehaviour>3</accumulationBehaviour>"),
        *(reading(number) for number in (1, 2, 3)),
        *(block(number, START, [5]) for number in (1, 2, 3)),
    )
    told = GreenButtonFiles().read(file)
    assert len(told.hours) == 1
    assert told.left_out == ("2 blocks are not of energy taken or given, and were left out.",)


def test_a_file_of_one_kind_needs_no_links(file: Path) -> None:
    write(file, kind(1), block(1, START, [5]))
    assert len(GreenButtonFiles().read(file).hours) == 1
    write(file, block(1, START, [5]))
    assert len(GreenButtonFiles().read(file).hours) == 1


def test_a_meter_reading_is_not_taken_for_one_whose_number_begins_alike(file: Path) -> None:
    kinds = [kind(1, direction=19), *(kind(number) for number in range(2, 11))]
    write(file, *kinds, *(reading(number) for number in range(1, 11)), block(10, START, [5]))
    (hour,) = GreenButtonFiles().read(file).hours.values()
    assert (hour.imported, hour.exported) == (5 * WATT_HOUR, 0)


def test_kinds_that_are_alike_need_no_links(file: Path) -> None:
    write(file, kind(1), kind(2), block(1, START, [5]))
    assert len(GreenButtonFiles().read(file).hours) == 1


def test_readings_of_no_whole_hour_are_left_out_and_said(file: Path) -> None:
    write(
        file, kind(1), block(1, START, [5, 6]), block(1, START, [7]), block(1, START, [1], 86_400)
    )
    told = GreenButtonFiles().read(file)
    assert [hour.imported for hour in told.hours.values()] == [6 * WATT_HOUR]
    assert told.left_out == (
        "3 readings are of no whole hour, or contradict others of theirs, and were left out.",
    )


def test_of_several_kinds_it_has_to_be_told_which(file: Path) -> None:
    write(file, kind(1), kind(2, direction=19), block(1, START, [5]))
    with pytest.raises(InvalidInput, match="which ReadingType"):
        GreenButtonFiles().read(file)


def test_a_billion_laughs_is_refused(file: Path) -> None:
    write(file, kind(1), "<entry>&lol2;</entry>", before=BILLION_LAUGHS)
    with pytest.raises(InvalidInput, match="entities"):
        GreenButtonFiles().read(file)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no XML: line 1"),
        ("Date,kWh\n2026-03-01,1", "no XML: line 1"),
        ("<feed><entry>", "no XML: line 1, column 13"),
        ("<html></html>", "no IntervalBlock"),
    ],
)
def test_what_is_no_such_file_is_named(file: Path, text: str, sentence: str) -> None:
    file.write_text(text)
    with pytest.raises(InvalidInput, match=sentence):
        GreenButtonFiles().read(file)


def test_what_is_no_number_is_named(file: Path) -> None:
    write(file, kind(1), block(1, START, ["many"]))
    with pytest.raises(InvalidInput, match="value of a reading is 'many'"):
        GreenButtonFiles().read(file)
    write(file, kind(1, power=99), block(1, START, [5]))
    with pytest.raises(InvalidInput, match="powerOfTenMultiplier of 99"):
        GreenButtonFiles().read(file)


@pytest.mark.parametrize(("power", "value"), [(12, 803), (0, -200_000_001), (0, "9" * 20)])
def test_more_than_any_meter_counts_is_refused(file: Path, power: int, value: object) -> None:
    write(file, kind(1, power=power), block(1, START, [value]))
    with pytest.raises(InvalidInput, match="is more than 200 MWh"):
        GreenButtonFiles().read(file)


@pytest.mark.parametrize("encoding", ["utf-7", "big5", "idna", "base64", "no-such"])
def test_an_encoding_that_the_parser_does_not_take_is_named(file: Path, encoding: str) -> None:
    file.write_text(f'<?xml version="1.0" encoding="{encoding}"?><feed/>')
    with pytest.raises(InvalidInput, match="send it in UTF-8"):
        GreenButtonFiles().read(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_usual_encodings_are_read(file: Path, encoding: str) -> None:
    write(file, "<title>\xe9</title>", block(1, START, [5]))
    declared = file.read_text().replace("UTF-8", encoding.removesuffix("-sig"))
    file.write_text(declared, encoding=encoding)
    assert len(GreenButtonFiles().read(file).hours) == 1


def test_files_are_bounded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(file, kind(1), block(1, START, [5] * 100))
    for name, most, sentence in (
        ("LARGEST_BYTES", 100, "larger than"),
        ("MOST_INTERVALS", 99, "more than 99 readings"),
        ("MOST_ELEMENTS_AT_ONCE", 50, "too many parts"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(green_button, name, most)
            with pytest.raises(InvalidInput, match=sentence):
                GreenButtonFiles().read(file)


def test_links_are_bounded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_types, "MOST_LINKS", 4)
    write(file, kind(1), reading(1), block(1, START, [5]))
    assert len(GreenButtonFiles().read(file).hours) == 1
    write(file, kind(1), reading(1), reading(2), block(1, START, [5]))
    with pytest.raises(InvalidInput, match="more than 4 MeterReadings"):
        GreenButtonFiles().read(file)
