"""Texts in spreadsheets."""

import pytest

from domain.spreadsheets import harmless


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_would_be_computed_is_shown(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Oven", "A=1"])
def test_other_texts_stay_as_they_are(text):
    assert harmless(text) == text
