"""Passwords that everybody tries first."""

from typing import Protocol

from domain.accounts.users import PlainPassword


class CommonPasswords(Protocol):
    """A list of passwords that many people use."""

    def contains(self, password: PlainPassword) -> bool:
        """Whether it is on the list, in whatever case. Takes well under a millisecond."""
        ...
