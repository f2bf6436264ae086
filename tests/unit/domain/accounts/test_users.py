import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts.users import LONGEST_EMAIL, LONGEST_PASSWORD, EmailAddress, PlainPassword
from domain.errors import InvalidInput

HALF_A_SURROGATE_PAIR = "\ud83d"
COMPOSED, IN_TWO_PARTS = "é", "e\u0301"


def test_an_email_is_trimmed_and_otherwise_kept_as_written() -> None:
    email = EmailAddress("  Ada.Lovelace@Example.COM\n")
    assert email.value == str(email) == "Ada.Lovelace@Example.COM"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "ada",
        "@example.com",
        "ada@",
        "ada@homelab.",
        "ada@.homelab",
        "ada@.",
        "ada@@example.com",
        "ada lovelace@example.com",
        "ada@exam\x00ple.com",
        f"ada{HALF_A_SURROGATE_PAIR}@example.com",
    ],
)
def test_what_can_not_be_an_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a valid address"):
        EmailAddress(text)


@pytest.mark.parametrize("text", ["admin@homelab", "ada@localhost", "ada@[::1]", "ada@b.c"])
def test_a_host_of_the_house_is_as_good_as_one_of_the_world(text: str) -> None:
    assert EmailAddress(text).value == text


def test_an_email_may_be_as_long_as_mail_allows_and_no_longer() -> None:
    longest = "a" * (LONGEST_EMAIL - len("@example.com")) + "@example.com"
    assert EmailAddress(longest).value == longest
    with pytest.raises(InvalidInput, match="longer than 254"):
        EmailAddress("a" + longest)


@given(st.emails())
def test_an_email_is_the_same_in_whatever_case(text: str) -> None:
    assert EmailAddress(text.upper()).key == EmailAddress(text.lower()).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@example.com", "ADA@Example.COM"),
        ("straße@example.com", "STRASSE@example.com"),
        (f"{COMPOSED}@example.com", f"{IN_TWO_PARTS.upper()}@example.com"),
        ("\u0390@example.com", "\u0390@example.com".upper()),
    ],
)
def test_addresses_that_differ_in_case_or_composition_alone_are_the_same(
    one: str, other: str
) -> None:
    assert EmailAddress(one).key == EmailAddress(other).key


def test_different_addresses_are_different() -> None:
    assert EmailAddress("ada@example.com").key != EmailAddress("ada@example.org").key


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=3))
def test_a_password_never_shows(text: str) -> None:
    assert repr(PlainPassword(text)) == "PlainPassword()"


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert PlainPassword(f"caf{COMPOSED}") == PlainPassword(f"caf{IN_TWO_PARTS}")
    assert unicodedata.is_normalized("NFC", PlainPassword(IN_TWO_PARTS).value)


def test_half_a_surrogate_pair_is_no_password() -> None:
    with pytest.raises(InvalidInput, match="surrogate"):
        PlainPassword(HALF_A_SURROGATE_PAIR)


@pytest.mark.parametrize("length", [8, LONGEST_PASSWORD])
def test_a_new_password_may_have_the_allowed_lengths(length: int) -> None:
    assert len(PlainPassword.chosen("x" * length, shortest=8).value) == length


@pytest.mark.parametrize("length", [0, 7, LONGEST_PASSWORD + 1])
def test_a_new_password_outside_the_allowed_lengths_is_refused(length: int) -> None:
    with pytest.raises(InvalidInput, match="8 to 1024 characters"):
        PlainPassword.chosen("x" * length, shortest=8)


def test_a_letter_sent_in_two_parts_counts_once() -> None:
    with pytest.raises(InvalidInput):
        PlainPassword.chosen(IN_TWO_PARTS * 4, shortest=8)


@pytest.mark.parametrize("length", [4 * LONGEST_PASSWORD + 1, 16_300 * 2])
def test_a_text_too_long_for_a_password_is_not_composed(length: int, monkeypatch) -> None:
    monkeypatch.setattr("domain.accounts.users.unicodedata", None)
    with pytest.raises(InvalidInput, match="longer than 1024"):
        PlainPassword("x" * length)
    with pytest.raises(InvalidInput, match="8 to 1024 characters"):
        PlainPassword.chosen("x" * length, shortest=8)


def test_a_long_run_of_marks_is_not_put_in_order(monkeypatch) -> None:
    monkeypatch.setattr("domain.accounts.users.unicodedata", None)
    with pytest.raises(InvalidInput, match="longer than 1024"):
        PlainPassword("x" * LONGEST_PASSWORD + "\u0315\u0316" * 16)


def test_a_long_password_may_be_sent_in_parts() -> None:
    sent = "\u03b1\u0313\u0301\u0345" * LONGEST_PASSWORD
    assert len(PlainPassword.chosen(sent, shortest=8).value) == LONGEST_PASSWORD


def test_no_password_is_longer_than_allowed_once_composed() -> None:
    with pytest.raises(InvalidInput, match="8 to 1024 characters"):
        PlainPassword.chosen(IN_TWO_PARTS * (LONGEST_PASSWORD + 1), shortest=8)
