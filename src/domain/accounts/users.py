"""People who sign up to the gateway, and the rules for what they type."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType
from uuid import UUID

from domain.accounts.text import is_encodable
from domain.errors import EmailInvalid, PasswordUnacceptable

UserId = NewType("UserId", UUID)

LONGEST_EMAIL = 254
LONGEST_PASSWORD = 1024

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An email address, trimmed and otherwise as its owner wrote it.

    Raises EmailInvalid for what can't be an address.
    """

    value: str

    def __post_init__(self) -> None:
        trimmed = self.value.strip()
        if len(trimmed) > LONGEST_EMAIL:
            raise EmailInvalid(f"The email is longer than {LONGEST_EMAIL} characters.")
        if not is_encodable(trimmed) or not trimmed.isprintable() or not _EMAIL.fullmatch(trimmed):
            raise EmailInvalid("The email is not a valid address; name@example.com is.")
        object.__setattr__(self, "value", trimmed)

    @property
    def key(self) -> str:
        """The form in which two addresses are compared: case does not matter."""
        # Folding takes some letters apart, so that only what is composed afterwards compares.
        folded = unicodedata.normalize("NFD", self.value).casefold()
        return unicodedata.normalize("NFC", folded)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PlainPassword:
    """A password as typed, never shown by repr.

    Composed to NFC, so that keyboards that send accents in two parts agree with those that
    don't. Raises PasswordUnacceptable for text that is not Unicode at all.
    """

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        if not is_encodable(self.value):
            raise PasswordUnacceptable(
                "The password holds half a surrogate pair; send whole characters."
            )
        object.__setattr__(self, "value", unicodedata.normalize("NFC", self.value))

    @classmethod
    def chosen(cls, value: str, *, shortest: int) -> "PlainPassword":
        """A new password, held to the allowed lengths; raises PasswordUnacceptable outside them."""
        password = cls(value)
        if not shortest <= len(password.value) <= LONGEST_PASSWORD:
            raise PasswordUnacceptable(
                f"The password must have {shortest} to {LONGEST_PASSWORD} characters."
            )
        return password


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account of the gateway; times are UTC."""

    id: UserId
    email: EmailAddress
    password_hash: str = field(repr=False)
    created_at: datetime
    updated_at: datetime
