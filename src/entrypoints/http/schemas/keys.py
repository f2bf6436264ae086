"""What travels over HTTP about API keys."""

from typing import Annotated

from msgspec import Meta, Struct

from domain.accounts.keys import ApiKey
from domain.emporia.devices import LARGEST_GID
from domain.instants import format_instant
from entrypoints.http.schemas.contract import Filled, Instant

Gid = Annotated[int, Meta(ge=1, le=LARGEST_GID)]


class KeyChannel(Struct, rename="camel"):
    """A channel that a key may see, in Emporia's spelling."""

    device_gid: Gid
    channel: Annotated[str, Meta(min_length=1, max_length=40)]


class NewKey(Struct, rename="camel"):
    """What a key is to be good for."""

    name: Annotated[Filled, Meta(examples=["kitchen display"])]
    scopes: Annotated[list[str], Meta(examples=[["read", "stream"]])]
    password: Filled | None = None
    devices: list[Gid] | None = None
    channels: list[KeyChannel] | None = None
    expires_at: str | None = None


class KnownKey(Struct, rename="camel"):
    """A key without its secret; null devices and channels are no limit."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    devices: list[int] | None
    channels: list[KeyChannel] | None
    created_at: Instant
    expires_at: Instant | None
    last_used_at: Instant | None

    @classmethod
    def of(cls, key: ApiKey) -> "KnownKey":
        """Show a key."""
        limits = key.limits
        return cls(
            id=str(key.id),
            name=key.name,
            prefix=key.prefix,
            scopes=sorted(key.scopes),
            devices=None if limits is None else sorted(limits.devices),
            channels=(
                None
                if limits is None
                else [KeyChannel(gid, channel) for gid, channel in sorted(limits.channels)]
            ),
            created_at=format_instant(key.created_at),
            expires_at=None if key.expires_at is None else format_instant(key.expires_at),
            last_used_at=None if key.last_used_at is None else format_instant(key.last_used_at),
        )


class MadeKey(Struct):
    """A key with its secret, which is shown this once."""

    key: KnownKey
    secret: str


class KeyList(Struct):
    """The answer to somebody who asks which keys they have."""

    keys: list[KnownKey]
