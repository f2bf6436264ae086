"""What the devices of an account used in one bucket, as far as the gateway looks into it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Protocol

from domain.accounts.keys import KeyLimits
from domain.emporia.channels import ChannelKind
from domain.emporia.home_power import Home, HomePower
from domain.emporia.usage import Document, EnergyUnit, Scale


class UsageDocument(Protocol):
    """A sample in Emporia's own words: carried to clients, and never looked into on the way.

    Fields that nobody here knows survive in it. No method changes it.
    """

    @property
    def instant(self) -> str:
        """The sample's instant as Emporia spells it."""
        ...

    @property
    def content(self) -> Document:
        """The JSON object, for whoever looks into it."""
        ...

    @property
    def written(self) -> object:
        """What a JSON encoder of the gateway writes for it; where the text is known, that is it."""
        ...

    def only(self, gids: frozenset[int] | None) -> "UsageDocument":
        """The named devices alone; None means all of them, which is this very object.

        A nested device shows inside its parent channel where the parent is named too, and
        at the top level where it is not.
        """
        ...

    def within(self, limits: KeyLimits | None) -> "UsageDocument":
        """What an API key with these limits may see; None means everything, this very object.

        Of each channel its gid, number, name and usage are left, and nothing that tells of another:
        no share of the whole, no balance. What it may not see is as if it were not there.
        """
        ...

    def with_watts(self) -> "UsageDocument":
        """The same with `watts` beside each usage, where the scale and unit are a power's."""
        ...


class ChannelReading(NamedTuple):
    """What one channel of a device used, net of the devices nested under it.

    `usage` is in the sample's unit; None means that no data has come yet, which is not zero.
    `watts` is the mean power of the bucket, None where that is unknown or a bucket is no power.
    A tuple is made in a fifth of the time that a dataclass takes; there are twenty in a poll.
    """

    gid: int
    channel: str
    name: str | None
    usage: float | None
    watts: float | None
    nested: tuple["DeviceReading", ...] = ()

    @property
    def kind(self) -> ChannelKind:
        """What it measures."""
        return ChannelKind.of(self.channel)


class DeviceReading(NamedTuple):
    """What one device used, channel by channel."""

    gid: int
    channels: tuple[ChannelReading, ...]

    def walk(self) -> Iterator[ChannelReading]:
        """Every channel, those of nested devices after the one that feeds them."""
        for channel in self.channels:
            yield channel
            for device in channel.nested:
                yield from device.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSample:
    """What every device of an account used, in the bucket that ends at an instant (UTC).

    `homes` are the figures of its homes; None where a bucket is no power, and as long as nobody
    has worked them out.
    """

    instant: datetime
    scale: Scale
    unit: EnergyUnit
    devices: Sequence[DeviceReading]
    document: UsageDocument
    received_at: datetime
    homes: tuple[HomePower, ...] | None = None

    def of_homes(self, homes: Sequence[Home]) -> "UsageSample":
        """The same sample with the figures of these homes, where its buckets are a power."""
        if self.scale.power_seconds(self.unit) is None:
            return self
        watts = {
            (reading.gid, reading.channel): reading.watts
            for device in self.devices
            for reading in device.walk()
        }
        return replace(self, homes=tuple(home.power(watts) for home in homes))
