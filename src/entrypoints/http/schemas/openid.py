"""What travels over HTTP about signing in with another account."""

from typing import Annotated

from msgspec import Meta, Struct

from domain.accounts.identities import JoinedIdentity
from domain.instants import format_instant
from entrypoints.http.schemas.contract import Filled, Instant


class OfferedProvider(Struct):
    """The provider that people may sign in with; `name` is null where there is none."""

    name: str | None


class HandOverCode(Struct):
    """The code that the page was sent back with."""

    code: Annotated[Filled, Meta(examples=["0f1e2d3c4b5a69788796a5b4c3d2e1f0"])]


class WayToProvider(Struct):
    """Where the browser has to go."""

    url: str


class KnownIdentity(Struct, rename="camel"):
    """An identity that is joined to the account."""

    issuer: str
    name: str
    created_at: Instant


class IdentityList(Struct):
    """The answer to somebody who asks what they sign in with beside their password."""

    identities: list[KnownIdentity]

    @classmethod
    def of(cls, identity: JoinedIdentity | None, *, name: str) -> "IdentityList":
        """Show what there is, without the subject."""
        if identity is None:
            return cls([])
        joined_at = format_instant(identity.joined_at)
        return cls([KnownIdentity(issuer=identity.issuer, name=name, created_at=joined_at)])
