"""What the channels in an answer of Emporia's used."""

from collections.abc import Iterable

from adapters.emporia.payloads import DeviceUsagePayload
from domain.emporia.samples import ChannelReading, DeviceReading
from domain.emporia.usage import mean_watts


def readings_of(
    payloads: Iterable[DeviceUsagePayload], seconds: int | None
) -> tuple[DeviceReading, ...]:
    """Device by device; `seconds` is the width of a bucket where it is a power."""
    return tuple(
        DeviceReading(payload.device_gid, _channels(payload, seconds)) for payload in payloads
    )


def _channels(device: DeviceUsagePayload, seconds: int | None) -> tuple[ChannelReading, ...]:
    """The channels that have a number; without one nobody could tell which it is."""
    return tuple(
        ChannelReading(
            device.device_gid,
            channel.channel_num,
            channel.name,
            channel.usage,
            None if seconds is None else mean_watts(channel.usage, seconds=seconds),
            readings_of(channel.nested_devices, seconds) if channel.nested_devices else (),
        )
        for channel in device.channel_usages or ()
        if channel.channel_num is not None
    )
