"""People who sign up to the gateway, and the rules for what they type."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType
from uuid import UUID

from domain.accounts.tenants import TenantId
from domain.accounts.text import compared, has_long_mark_run, is_encodable
from domain.errors import EmailInvalid, PasswordUnacceptable

UserId = NewType("UserId", UUID)

LONGEST_EMAIL = 254
LONGEST_PASSWORD = 1024
MOST_PARTS_OF_A_LETTER = 4
"""Into how many characters a keyboard takes a letter apart: a Greek one may have three marks."""

_EMAIL = re.compile(r"[^@\s]+@(?:[^@\s.]+|[^@\s]+\.[^@\s]+)")


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An email address, trimmed and otherwise as its owner wrote it.

    Nothing is ever mailed, so any host will do: `admin@homelab`. Raises EmailInvalid for what can't
    be an address.
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
        return compared(self.value)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PlainPassword:
    """A password as typed, never shown by repr.

    Composed to NFC, so that keyboards that send accents in two parts agree with those that
    don't. Raises PasswordUnacceptable for text that is not Unicode at all, or too long to look at.
    """

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        if _is_too_long_to_compose(self.value):
            raise PasswordUnacceptable(
                f"The password is longer than {LONGEST_PASSWORD} characters."
            )
        if not is_encodable(self.value):
            raise PasswordUnacceptable(
                "The password holds half a surrogate pair; send whole characters."
            )
        object.__setattr__(self, "value", unicodedata.normalize("NFC", self.value))

    @classmethod
    def chosen(cls, value: str, *, shortest: int) -> "PlainPassword":
        """A new password, held to the allowed lengths; raises PasswordUnacceptable outside them."""
        password = None if _is_too_long_to_compose(value) else cls(value)
        if password is None or not shortest <= len(password.value) <= LONGEST_PASSWORD:
            raise PasswordUnacceptable(
                f"The password must have {shortest} to {LONGEST_PASSWORD} characters."
            )
        return password


def _is_too_long_to_compose(text: str) -> bool:
    """Whether composing the text could cost more than a password is worth."""
    if len(text) <= LONGEST_PASSWORD:
        return False
    return len(text) > LONGEST_PASSWORD * MOST_PARTS_OF_A_LETTER or has_long_mark_run(text)


@dataclass(frozen=True, slots=True)
class Login:
    """A login as its tokens name it, and when it began (UTC)."""

    id: str
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account of the gateway; times are UTC.

    `tenant_id` is whose user it is, None for the default tenant's.
    Logins that began before `logins_since` are over, but for `spared_login`; None where none were
    ever ended together, or none was spared.
    """

    id: UserId
    email: EmailAddress
    password_hash: str = field(repr=False)
    created_at: datetime
    updated_at: datetime
    logins_since: datetime | None = None
    spared_login: str | None = None
    tenant_id: TenantId | None = None

    def has_ended(self, login_id: str, *, begun_at: datetime) -> bool:
        """Whether this login, which began then (UTC), was ended together with others."""
        since = self.logins_since
        return since is not None and begun_at < since and login_id != self.spared_login
