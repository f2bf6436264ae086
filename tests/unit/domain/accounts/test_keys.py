import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts.keys import (
    LONGEST_NAME,
    MOST_LIMITS,
    PREFIX_LENGTH,
    KeyLimits,
    KeyScope,
    KeySecret,
    is_key,
    key_name,
)
from domain.errors import InvalidInput

A_KEY = KeySecret.of(2**255 + 12345)


@given(st.integers(min_value=0, max_value=2**256 - 1))
def test_a_secret_is_known_by_its_mark_and_its_checksum(chance):
    secret = KeySecret.of(chance)
    assert len(secret.value) == 42
    assert is_key(secret.value)
    assert KeySecret(secret.value) == secret


@given(st.integers(min_value=4, max_value=41), st.sampled_from("0Az-_ é"))
def test_one_other_character_makes_it_no_key(place, other):
    text = A_KEY.value[:place] + other + A_KEY.value[place + 1 :]
    if text != A_KEY.value:
        with pytest.raises(InvalidInput):
            KeySecret(text)


@pytest.mark.parametrize("text", ["", "eea_", A_KEY.value[4:], A_KEY.value + "0", "\ud83d" * 42])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(InvalidInput):
        KeySecret(text)


def test_of_a_secret_only_its_beginning_is_ever_shown():
    assert A_KEY.value not in repr(A_KEY)
    assert A_KEY.prefix == A_KEY.value[:PREFIX_LENGTH]
    assert len(A_KEY.hash) == 32


def test_scopes_are_the_known_ones():
    assert KeyScope.parse_all(["read", "stream", "read"]) == {KeyScope.READ, KeyScope.STREAM}


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ([], "scopes: name at least one of read, stream, export."),
        (["control"], "scopes: 'control' is not known; allowed are read, stream, export."),
    ],
)
def test_other_scopes_are_refused_with_what_is_allowed(texts, sentence):
    with pytest.raises(InvalidInput) as refusal:
        KeyScope.parse_all(texts)
    assert str(refusal.value) == sentence


def test_limits_name_something_and_not_too_much():
    for devices in (frozenset[int](), frozenset(range(MOST_LIMITS + 1))):
        with pytest.raises(InvalidInput):
            KeyLimits(devices=devices)
    assert KeyLimits(devices=frozenset(range(MOST_LIMITS)))


def test_a_name_is_trimmed():
    assert key_name("  kitchen ") == "kitchen"


@pytest.mark.parametrize("text", ["", "  ", "x" * (LONGEST_NAME + 1), "a\nb", "\ud83d"])
def test_a_name_that_can_not_be_shown_is_refused(text):
    with pytest.raises(InvalidInput, match=r"^name: "):
        key_name(text)
