"""API keys: bearer tokens for programs, with less right than their owner has."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NewType
from uuid import UUID

from domain.accounts.digits import in_digits
from domain.accounts.text import is_encodable
from domain.accounts.users import UserId
from domain.errors import InvalidInput

KeyId = NewType("KeyId", UUID)

MARK = "eea_"
"""How every key begins, so that people and secret scanners know one when they see it."""

RANDOM_DIGITS = 32
CHECK_DIGITS = 6
PREFIX_LENGTH = len(MARK) + 8
LONGEST_NAME = 64
MOST_LIMITS = 500

_SECRET = re.compile(rf"{MARK}([0-9A-Za-z]{{{RANDOM_DIGITS}}})([0-9A-Za-z]{{{CHECK_DIGITS}}})")


class KeyScope(StrEnum):
    """What a key is good for."""

    READ = "read"
    STREAM = "stream"
    EXPORT = "export"

    @classmethod
    def parse_all(cls, texts: Iterable[str]) -> frozenset["KeyScope"]:
        """The scopes named, one at least; raises InvalidInput."""
        allowed = ", ".join(cls)
        scopes = set()
        for text in texts:
            try:
                scopes.add(cls(text))
            except ValueError:
                sentence = f"scopes: '{text[:40]}' is not known; allowed are {allowed}."
                raise InvalidInput(sentence) from None
        if not scopes:
            raise InvalidInput(f"scopes: name at least one of {allowed}.")
        return frozenset(scopes)


@dataclass(frozen=True, slots=True)
class KeyLimits:
    """All that a limited key may see: these devices with what nests in them, and these channels.

    A channel is a device's gid and Emporia's number of it.
    """

    devices: frozenset[int] = frozenset()
    channels: frozenset[tuple[int, str]] = frozenset()

    def __post_init__(self) -> None:
        if not self.devices and not self.channels:
            raise InvalidInput("devices, channels: name at least one, or leave both out.")
        if len(self.devices) + len(self.channels) > MOST_LIMITS:
            raise InvalidInput(f"devices, channels: name {MOST_LIMITS} at most, both together.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as its owner knows it; times are UTC.

    `prefix` is how the secret begins, enough to find where a key is used. `limits` None lets it see
    all that its owner sees; `expires_at` None lets it live until it is revoked.
    """

    id: KeyId
    user_id: UserId
    name: str
    prefix: str
    scopes: frozenset[KeyScope]
    limits: KeyLimits | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = None

    def has_expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class KeySecret:
    """The secret itself: shown once to its owner, and kept as a hash alone.

    It holds 190 bits of chance, so that no slow hash is needed. Raises InvalidInput for what can't
    be a key: six digits of the rest's checksum tell.
    """

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        match = _SECRET.fullmatch(self.value)
        if match is None or match[2] != _check_digits(match[1]):
            raise InvalidInput("The text is no key.")

    @classmethod
    def of(cls, chance: int) -> "KeySecret":
        """The secret made of a random number of 256 bits."""
        digits = in_digits(chance, RANDOM_DIGITS)
        return cls(MARK + digits + _check_digits(digits))

    @property
    def prefix(self) -> str:
        """What may be shown later."""
        return self.value[:PREFIX_LENGTH]

    @property
    def hash(self) -> bytes:
        """What is kept of it."""
        return sha256(self.value.encode()).digest()


def is_key(token: str) -> bool:
    """Whether a bearer token says of itself that it is a key."""
    return token.startswith(MARK)


def key_name(text: str) -> str:
    """A key's name, trimmed; raises InvalidInput."""
    name = text.strip()
    if not 0 < len(name) <= LONGEST_NAME or not is_encodable(name) or not name.isprintable():
        raise InvalidInput(f"name: give 1 to {LONGEST_NAME} characters that can be printed.")
    return name


def _check_digits(digits: str) -> str:
    return in_digits(zlib.crc32(digits.encode()), CHECK_DIGITS)
