"""Whether somebody looks at a home just now."""

from typing import Protocol

from domain.emporia.links import AccountId


class Watchers(Protocol):
    """Knows the streams that are open."""

    def are_watched(self, account: AccountId) -> bool:
        """Whether anybody watches the account, or did a moment ago."""
        ...
