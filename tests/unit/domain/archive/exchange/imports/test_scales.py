"""Which buckets a file holds."""

import pytest

from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.scales import (
    DAYS_REFUSED,
    parse_scale,
    scale_of,
    word_in,
    word_of,
)
from domain.emporia.usage import Scale
from domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("c92c0a-SmartPlug_1-1SEC.csv", "1SEC"),
        ("c92c0a-Main-House-Panel-15MIN.csv", "15MIN"),
        ("c92c0a-Home-1MIN (1).csv", "1MIN"),
        ("c92c0a-Home-1h.CSV", "1H"),
        ("c92c0a-Home-1DAY.csv", "1DAY"),
        ("export.csv", None),
        ("x" * 300 + "-1MIN.csv", None),
    ],
)
def test_a_name_is_read_from_its_end(text, word):
    assert word_in(text) == word


@pytest.mark.parametrize("text", ["1SEC", "1sec", "1S"])
def test_a_scale_is_known_in_both_spellings(text):
    assert parse_scale(text) is Scale.SECOND


@pytest.mark.parametrize("text", ["1DAY", "1D", "1day"])
def test_days_are_refused_with_the_reason_and_what_is_taken(text):
    with pytest.raises(InvalidInput, match="1SEC, 1MIN, 15MIN or 1H"):
        parse_scale(text)


def test_an_unknown_scale_is_refused_with_those_that_are_known():
    with pytest.raises(
        InvalidInput, match="'5MIN' is not known; allowed are 1SEC, 1MIN, 15MIN, 1H"
    ):
        parse_scale("5MIN")


def test_what_is_said_counts_before_the_name_and_the_name_before_the_lines():
    word = "1MIN"
    assert scale_of(word, Scale.HOUR, None) is Scale.HOUR
    assert scale_of(word, None, 60) is Scale.MINUTE
    assert scale_of(None, None, 900) is Scale.QUARTER_HOUR
    assert scale_of("1DAY", Scale.HOUR, 3600) is Scale.HOUR


@pytest.mark.parametrize(
    ("word", "told", "distance", "sentence"),
    [
        ("1MIN", None, 900, "900 seconds apart, but those of 1MIN are 60"),
        ("1DAY", None, None, DAYS_REFUSED),
        (None, None, 86_400, DAYS_REFUSED),
        (None, Scale.HOUR, 82_800, DAYS_REFUSED),
        (None, None, None, "one line does not tell"),
        (None, None, 300, "300 seconds apart, which is none of"),
    ],
)
def test_what_does_not_fit_together_is_refused(word, told, distance, sentence):
    with pytest.raises(ImportRefused) as refusal:
        scale_of(word, told, distance)
    assert sentence in refusal.value.reason


def test_scales_have_emporias_words():
    assert [word_of(scale) for scale in (Scale.SECOND, Scale.HOUR)] == ["1SEC", "1H"]
