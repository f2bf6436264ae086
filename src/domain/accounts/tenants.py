"""Tenants: client apps that share one gateway, each with users of its own.

Users without a tenant are the default tenant's, which is nothing that is kept.
"""

import hmac
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NewType
from uuid import UUID

from domain.accounts.digits import in_digits
from domain.errors import InvalidInput

TenantId = NewType("TenantId", UUID)

DEFAULT_NAME = "default"
KEY_MARK = "eet_"
SECRET_MARK = "ees_"  # noqa: S105  # how one begins
KEY_DIGITS = 20
SECRET_DIGITS = 32
LONGEST_OVERLAP = timedelta(days=30)

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_NO_SECRET = bytes(32)


@dataclass(frozen=True, slots=True)
class TenantName:
    """What the operator calls a tenant; raises InvalidInput for what can't be typed easily."""

    value: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.value):
            raise InvalidInput(
                "The name of a tenant has 1 to 64 small letters, digits and hyphens, "
                "and no hyphen at either end; home-app is one."
            )
        if self.value == DEFAULT_NAME:
            raise InvalidInput(
                f"'{DEFAULT_NAME}' is whom users without a tenant belong to; choose another name."
            )

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class TenantSecret:
    """What a client app proves itself with, shown once and kept as a hash alone.

    One of ours holds 190 bits of chance, so that no slow hash is needed.
    """

    value: str = field(repr=False)

    @classmethod
    def of(cls, chance: int) -> "TenantSecret":
        """The secret made of a random number of 256 bits."""
        return cls(SECRET_MARK + in_digits(chance, SECRET_DIGITS))

    @property
    def hash(self) -> bytes:
        """What is kept of it."""
        return sha256(self.value.encode()).digest()


@dataclass(frozen=True, slots=True)
class OldSecret:
    """The hash of the secret before, and until when (UTC) it is still good."""

    hash: bytes = field(repr=False)
    good_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """A client app; times are UTC. Anybody may know its `api_key`."""

    id: TenantId
    name: TenantName
    api_key: str
    secret_hash: bytes = field(repr=False)
    created_at: datetime
    rotated_at: datetime | None = None
    old_secret: OldSecret | None = None

    def rotated(self, secret: TenantSecret, *, now: datetime, overlap: timedelta) -> "Tenant":
        """With another secret; the one before stays good for so long, none of before that does.

        Raises InvalidInput for an overlap that is negative or longer than thirty days.
        """
        if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
            raise InvalidInput(
                "The old secret can stay good for 0 to "
                f"{LONGEST_OVERLAP // timedelta(hours=1)} hours."
            )
        old = OldSecret(self.secret_hash, now + overlap) if overlap else None
        return replace(self, secret_hash=secret.hash, rotated_at=now, old_secret=old)


def api_key_of(chance: int) -> str:
    """An apiKey made of a random number of 128 bits or more."""
    return KEY_MARK + in_digits(chance, KEY_DIGITS)


def is_api_key(text: str) -> bool:
    """Whether a text says of itself that it names a tenant."""
    return text.startswith(KEY_MARK)


def is_secret_of(tenant: Tenant | None, secret: TenantSecret, *, now: datetime) -> bool:
    """Whether the secret is the tenant's; None has none, and costs the same.

    Hashes are compared in a time that does not tell how much of them is the same.
    """
    given = secret.hash
    good = _NO_SECRET if tenant is None else tenant.secret_hash
    old = None if tenant is None else tenant.old_secret
    still_good = _NO_SECRET if old is None or old.good_until <= now else old.hash
    return hmac.compare_digest(given, good) | hmac.compare_digest(given, still_good)


def key_within(tenant_id: TenantId | None, key: str) -> str:
    """A key that means something in one tenant alone; in the default one it is itself.

    Keys of emails hold no white space, so that none of one tenant is one of another.
    """
    return key if tenant_id is None else f"{tenant_id}\n{key}"
