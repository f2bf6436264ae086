"""The lines of a file as figures."""

import csv
import io
from math import isnan

import pytest

from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports import lines as lines_module
from domain.archive.exchange.imports.header import read_header
from domain.archive.exchange.imports.lines import (
    Lines,
    Survey,
    batches,
    look_at_start,
)
from domain.archive.exchange.imports.matching import Wanted, match
from domain.archive.series import SeriesName
from domain.emporia.usage import Scale
from tests.unit.domain.archive.exchange.imports.emporia_files import NEW_YORK, emporia_csv

MAINS, FRIDGE = SeriesName(1001, "1,2,3"), SeriesName(1001, "1")
WANTED = Wanted(columns={"A": MAINS, "B": MAINS, "F": FRIDGE})
START = 1_772_000_100 // 3600 * 3600
NOW = START + 400 * 86_400


def rows_of(text):
    return [
        (number, cells)
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1)
        if cells
    ]


def opened(text, scale=Scale.MINUTE, *, now=NOW, without_clamp=frozenset()):
    first, *rest = rows_of(text)
    header = read_header(first[1])
    wanted = Wanted(
        columns={
            name: series for name, series in WANTED.columns.items() if f"{name} (" in str(first)
        }
    )
    matched = match(header, wanted, None)
    lines = Lines(
        header=header,
        matched=matched,
        scale=scale,
        now=now,
        begins_late=False,
        without_clamp=without_clamp,
    )
    return lines, rest, Survey(header=header, matched=matched, scale=scale)


def survey_of(text, scale=Scale.MINUTE):
    lines, rest, survey = opened(text, scale)
    for line in lines.read(survey.rows(rest)):
        survey.take(line)
    return survey


def kwh_of(text, scale=Scale.MINUTE, **more):
    lines, rest, _ = opened(text, scale, **more)
    return [list(line.kwh) for line in lines.read(rest)]


def test_power_becomes_energy_and_legs_are_summed():
    text = emporia_csv({"A": [0.5], "B": [0.25], "F": [0.1]}, start=START, scale=Scale.MINUTE)
    assert kwh_of(text) == [[pytest.approx(0.75), pytest.approx(0.1)]]


def test_hours_are_energy_as_they_are():
    text = emporia_csv({"F": [1.25, -0.5]}, start=START, scale=Scale.HOUR)
    assert kwh_of(text, Scale.HOUR) == [[1.25], [-0.5]]


@pytest.mark.parametrize("no_figure", ["No CT", "", " no ct "])
def test_what_is_no_figure_is_unknown(no_figure):
    text = emporia_csv({"F": [None]}, start=START, scale=Scale.HOUR, no_figure=no_figure)
    assert isnan(kwh_of(text, Scale.HOUR)[0][0])


def test_a_leg_without_a_clamp_is_not_there_and_one_without_a_figure_is_unknown():
    text = emporia_csv({"A": [1.0, 2.0], "B": [None, None]}, start=START, scale=Scale.HOUR)
    assert survey_of(text, Scale.HOUR).without_clamp == {2}
    assert kwh_of(text, Scale.HOUR, without_clamp={2}) == [[1.0], [2.0]]
    (first, second) = kwh_of(
        emporia_csv({"A": [1.0, 2.0], "B": [None, 1.0]}, start=START, scale=Scale.HOUR), Scale.HOUR
    )
    assert isnan(first[0])
    assert second == [3.0]
    nothing = kwh_of(text.replace("1.0", "No CT"), Scale.HOUR, without_clamp={1, 2})
    assert isnan(nothing[0][0])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("02/25/2026 01:00:00,1.0,2.0", "there are 3 columns, and 2 in the first line."),
        ("02/25/2026 01:00:00,1_0", "'1_0' in 'F (kWatts)' is no figure."),
        ("02/25/2026 01:00:00,nan", "'nan' in 'F (kWatts)' is no figure."),
        ("02/25/2026 01:00:00,inf", "'inf' in 'F (kWatts)' is no figure."),
        ("02/25/2026 01:00:00,1e300", "is more than any home uses."),
        ("02/25/2026 01:00:00,1e999", "is more than any home uses."),
        ("02/25/2026 01:00:30,1", "no bucket of 1MIN begins at '02/25/2026 01:00:30'."),
        ("02/25/2126 01:00:00,1", "'02/25/2126 01:00:00' is still to come."),
        ("yesterday,1", "'yesterday' is no time"),
    ],
)
def test_a_bad_line_is_named_by_its_number(line, sentence):
    text = f"Time Bucket (America/New_York),F (kWatts)\n02/25/2026 00:59:00,1.5\n\n{line}\n"
    with pytest.raises(ImportRefused) as refusal:
        kwh_of(text)
    assert refusal.value.line == 4
    assert sentence in refusal.value.reason


def test_what_is_good_alone_is_good_in_a_sum():
    header = "Time Bucket (America/New_York),A (kWhs),B (kWhs)\n"
    good = header + "02/25/2026 01:00:00,500000,500000\n"
    assert kwh_of(good, Scale.HOUR) == [[1_000_000.0]]
    with pytest.raises(ImportRefused):
        kwh_of(good.replace("500000\n", "500001\n"), Scale.HOUR)


def test_a_survey_tells_how_far_the_file_reaches_and_how_finely_it_tells():
    text = emporia_csv({"F": [0.5, None, 0.25]}, start=START, scale=Scale.HOUR)
    survey = survey_of(text.replace("0.25", "0.251234"), Scale.HOUR)
    assert (survey.lines, survey.start, survey.newest) == (3, START, START + 7200)
    assert survey.distance == 3600
    assert survey.allowance(FRIDGE) == pytest.approx(0.5e-6)
    assert survey_of(text, Scale.HOUR).allowance(FRIDGE) == pytest.approx(0.5e-3)
    assert survey_of(text.replace("0.5", "5E-1"), Scale.HOUR).allowance(FRIDGE) < 1e-16


def test_the_smallest_distance_is_told():
    text = emporia_csv({"F": [1.0] * 4}, start=START, scale=Scale.HOUR).splitlines()
    del text[2]
    assert survey_of("\n".join(text), Scale.HOUR).distance == 3600


def test_a_file_has_no_more_lines_than_can_be_and_reaches_no_further(monkeypatch):
    text = emporia_csv({"F": [1.0] * 50}, start=START, scale=Scale.HOUR)
    monkeypatch.setattr(lines_module, "MOST_LINES", 10)
    with pytest.raises(ImportRefused, match="line 12: there are more than 10 lines"):
        survey_of(text, Scale.HOUR)
    monkeypatch.setattr(lines_module, "MOST_LINES", 10_000)
    monkeypatch.setattr(lines_module, "MOST_CHUNKS", 2)
    with pytest.raises(ImportRefused, match="reaches too far"):
        survey_of(emporia_csv({"F": [1.0] * 9000}, start=START, scale=Scale.SECOND), Scale.SECOND)


def test_the_start_tells_how_far_lines_are_apart():
    rows = rows_of(emporia_csv({"F": [1.0] * 3}, start=START, scale=Scale.QUARTER_HOUR))[1:]
    assert look_at_start(rows, NEW_YORK).distance == 900
    assert look_at_start(rows[:1], NEW_YORK).distance is None


def batches_of(text, scale, *, until=NOW):
    lines, rest, survey = opened(text, scale)
    return list(batches(lines.read(rest), scale, series=len(survey.matched.series), until=until))


def test_lines_come_in_parts_that_hold_no_long_gap():
    early = emporia_csv({"F": [1.0, 2.0]}, start=START, scale=Scale.SECOND)
    late = emporia_csv({"F": [3.0]}, start=START + 86_400, scale=Scale.SECOND)
    first, second = batches_of(early + late.splitlines()[1], Scale.SECOND)
    assert (first.start, first.count, first.lines) == (START, 2, 2)
    assert (second.start, second.count, second.lines) == (START + 86_400, 1, 1)


def test_what_is_not_final_yet_is_left_out_and_lines_that_lack_are_unknown():
    text = emporia_csv({"F": [1.0] * 5}, start=START, scale=Scale.HOUR).splitlines()
    del text[2]
    (batch,) = batches_of("\n".join(text), Scale.HOUR, until=START + 3 * 3600)
    assert batch.count == 3
    assert isnan(batch.kwh[0][1])
    assert batches_of("\n".join(text), Scale.HOUR, until=START) == []
