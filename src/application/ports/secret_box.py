"""Secrets at rest."""

from typing import Protocol

from domain.accounts.users import UserId


class SecretBox(Protocol):
    """Seals bytes for one user; does not block."""

    def seal(self, plain: bytes, *, owner: UserId) -> bytes:
        """Bytes that tell nothing, and that only `open` with the same owner turns back."""
        ...

    def open(self, sealed: bytes, *, owner: UserId) -> bytes | None:
        """What was sealed; None when it was sealed for another, with a lost key, or changed."""
        ...
