"""A provider of identities, by OpenID Connect."""

from dataclasses import dataclass, field
from typing import Protocol

from domain.accounts.identities import ProvenIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What somebody goes to the provider with; `is_fresh` has it ask for a proof anew."""

    return_address: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    challenge: str
    is_fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What they came back with, and what it has to fit to."""

    code: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    return_address: str


class IdentityProvider(Protocol):
    """Vouches for people. All that it says is checked before it is believed."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def issuer(self) -> str:
        """Who vouches, as it calls itself."""
        ...

    async def address(self, asking: Asking) -> str:
        """Where a browser has to go; raises ProviderUnavailable."""
        ...

    async def prove(self, answered: Answered) -> ProvenIdentity:
        """Whom it vouches for; raises IdentityRefused, or ProviderUnavailable."""
        ...
