"""The channels of a device: what each measures, and which of them bring power into a home."""

from dataclasses import dataclass
from enum import Enum, auto

MAINS = "1,2,3"
"""Emporia's name of the channel that a whole device runs through."""

BALANCE = "Balance"
"""Emporia's name of what runs through the mains and no circuit sees."""


class ChannelKind(Enum):
    """What a channel measures."""

    MAINS = auto()
    CIRCUIT = auto()
    BALANCE = auto()
    DERIVED = auto()
    """One leg of the mains, or a total that Emporia works out by itself."""

    @classmethod
    def of(cls, number: str) -> "ChannelKind":
        """The kind of a channel of this number or name."""
        if number == MAINS:
            return cls.MAINS
        if number == BALANCE:
            return cls.BALANCE
        return cls.CIRCUIT if number.isdecimal() else cls.DERIVED


class ChannelRole(Enum):
    """What a channel is to the home, as its owner told Emporia."""

    USE = auto()
    SUN = auto()
    BATTERY = auto()


_ROLES = {13: ChannelRole.SUN, 2: ChannelRole.BATTERY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel in the list of devices. The power of one that is merged shows in another's."""

    number: str
    name: str | None = None
    role: ChannelRole = ChannelRole.USE
    is_merged: bool = False
    has_sign: bool = True
    """Whether minus means that it gives; a clamp for one direction may be the wrong way round."""


def role_of(type_gid: int | None) -> ChannelRole:
    """The role of a channel of the type with this number."""
    return _ROLES.get(type_gid or 0, ChannelRole.USE)
