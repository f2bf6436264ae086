"""Who waits for a password to be looked at, as far as the order of turns depends on it."""

from dataclasses import dataclass

from domain.accounts.callers.networks import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """`network` is where the caller comes from, None where nobody knows.

    Known is who has shown before that the account is theirs: they come from a network from which
    its owner signed in lately, or with a good token. All others are strangers, right password or
    not: which of the two it is, only the turn itself can tell.
    """

    network: Network | None = None
    is_known: bool = False


STRANGER = Turn()
"""Somebody of whom nothing is known."""
