"""What a file's figures are worth beside those that the archive has."""

import pytest

from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.weighing import Tally, weigh
from domain.archive.quality import Mark
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.told import Told
from domain.emporia.usage import Scale

START = 1_772_000_100 // 3600 * 3600
READ_AT = START + 400 * 86_400
KWH = 3_600_000_000


def chunk_of(usages, told):
    reading = Reading(
        scale=Scale.MINUTE, start=START, figures=figures_of(usages), read_at=READ_AT, told=told
    )
    (chunk,) = reading.chunks()
    return chunk


def weighed(usages, *, emporias=(), files=(), allowance_kwh=0.0):
    told = Told.nothing(len(usages))
    held = []
    if emporias:
        held.append(chunk_of(emporias, Mark.READ))
    if files:
        held.append(chunk_of(files, Mark.IMPORTED))
    for chunk in held:
        told.put_chunk(chunk, START, now=READ_AT)
    figures, tally = weigh(
        figures_of(usages),
        told,
        held,
        scale=Scale.MINUTE,
        start=START,
        allowance_kwh=allowance_kwh,
    )
    return figures, (tally.taken, tally.known, tally.overlapping, tally.differing)


def test_what_nobody_told_is_taken_and_what_is_no_figure_is_not():
    figures, counts = weighed([1.0, None, 2.0])
    assert figures.known == ((True, 1), (False, 1), (True, 1))
    assert counts == (2, 0, 0, 0)


def test_what_emporia_told_is_never_taken_and_what_it_told_as_null_is():
    figures, counts = weighed([1.0, 2.0, 3.0], emporias=[1.0, 2.5, None])
    assert figures.known == ((False, 2), (True, 1))
    assert counts == (1, 2, 2, 1)


def test_what_a_file_told_is_taken_anew_only_where_it_differs():
    figures, counts = weighed([1.0, 2.0], files=[1.0, 2.00001])
    assert figures.known == ((False, 1), (True, 1))
    assert counts == (1, 1, 0, 0)


def test_what_is_kept_of_emporia_stays_even_where_the_archive_tells_another():
    chunk = chunk_of([1.0], Mark.READ)
    _, tally = weigh(
        figures_of([2.0]),
        Told.nothing(1),
        [chunk],
        scale=Scale.MINUTE,
        start=START,
        allowance_kwh=0.0,
    )
    assert tally == Tally(known=1)


@pytest.mark.parametrize(
    ("ours", "theirs", "allowance", "differs"),
    [
        (1.0, 1.0099, 0.0, 0),
        (1.0, 1.0103, 0.0, 1),
        (-1.0, 1.0, 0.0, 1),
        (0.001, 0.0012, 0.0, 1),
        (0.001, 0.0012, 0.0005, 0),
        (0.0, 0.0, 0.0, 0),
    ],
)
def test_a_hundredth_and_what_was_rounded_is_no_difference(ours, theirs, allowance, differs):
    _, counts = weighed([theirs], emporias=[ours], allowance_kwh=allowance)
    assert counts == (0, 1, 1, differs)


def test_one_in_twenty_may_differ_and_no_more():
    Tally(overlapping=20, differing=1).require_same_home()
    Tally().require_same_home()
    with pytest.raises(ImportRefused, match=r"another home's file.*: 2 of 20 buckets"):
        Tally(overlapping=20, differing=2).require_same_home()


def test_tallies_add_up():
    one = Tally(taken=1, known=2, overlapping=3, differing=4)
    assert one + one == Tally(taken=2, known=4, overlapping=6, differing=8)
