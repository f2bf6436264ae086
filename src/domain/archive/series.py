"""Which series a figure belongs to."""

from dataclasses import dataclass

from domain.emporia.devices import LARGEST_GID
from domain.emporia.links import AccountId
from domain.errors import InvalidInput

LONGEST_CHANNEL = 40


@dataclass(frozen=True, slots=True, order=True)
class SeriesName:
    """A channel of a device, in Emporia's own words: `1,2,3` is the mains, `7` a circuit."""

    gid: int
    channel: str

    def __str__(self) -> str:
        return f"{self.gid}:{self.channel}"

    @classmethod
    def parse(cls, text: str) -> "SeriesName":
        """Read `<gid>:<channel>`; raises InvalidInput."""
        gid, colon, channel = text.partition(":")
        is_gid = gid.isascii() and gid.isdigit() and len(gid) <= len(str(LARGEST_GID))
        if not (colon and is_gid and 0 < len(channel) <= LONGEST_CHANNEL):
            raise InvalidInput(
                f"series: '{text[:60]}' is no series; write the device's gid, a colon and the "
                "channel, such as 1001:1,2,3."
            )
        return cls(int(gid), channel)


@dataclass(frozen=True, slots=True)
class Series:
    """A series of one Emporia account, whoever has linked it."""

    account: AccountId
    name: SeriesName
