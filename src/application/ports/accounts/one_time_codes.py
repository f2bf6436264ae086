"""The codes that an authenticator app makes, and those for when it is lost."""

from datetime import datetime
from typing import Protocol


class OneTimeCodes(Protocol):
    """Makes secrets and reads codes; does not block."""

    def new_secret(self) -> str:
        """A secret that nobody can guess, in base32."""
        ...

    def address(self, secret: str, *, account: str) -> str:
        """What an app takes the secret from, as a link or a picture; `account` is its label."""
        ...

    def step_of(self, secret: str, code: str, *, at: datetime) -> int | None:
        """Which step of the clock the code belongs to; None for none near that time (UTC).

        Takes the same time for every code of six digits.
        """
        ...

    def new_recovery_code(self) -> str:
        """A code that nobody can guess, in groups that a person can copy by hand."""
        ...
