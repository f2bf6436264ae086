"""A sample in Emporia's own words, and what may be asked of it without knowing them."""

from collections.abc import Iterable
from typing import Any

from domain.accounts.keys import KeyLimits
from domain.emporia.channels import BALANCE
from domain.emporia.samples import UsageDocument
from domain.emporia.usage import Document, mean_watts

_TOLD = ("instant", "scale", "energyUnit")
_TOLD_OF_A_CHANNEL = ("deviceGid", "channelNum", "name", "usage")


class EmporiaUsageDocument(UsageDocument):
    """The object under `deviceListUsages`, of which instant and devices are known to be there.

    `seconds` is the width of its buckets where they are a power.
    """

    __slots__ = ("_content", "_seconds")

    def __init__(self, content: Document, *, seconds: int | None) -> None:
        self._content = content
        self._seconds = seconds

    @property
    def instant(self) -> str:
        instant: str = self.content["instant"]
        return instant

    @property
    def content(self) -> Document:
        return self._content

    @property
    def written(self) -> object:
        return self.content

    def only(self, gids: frozenset[int] | None) -> "EmporiaUsageDocument":
        if gids is None:
            return self
        return self._with_devices(_pick(self.content["devices"], gids))

    def within(self, limits: KeyLimits | None) -> "EmporiaUsageDocument":
        if limits is None:
            return self
        told = {name: self.content[name] for name in _TOLD if name in self.content}
        devices = _within(self.content["devices"], limits, inside=False)
        return EmporiaUsageDocument({**told, "devices": devices}, seconds=self._seconds)

    def with_watts(self) -> "EmporiaUsageDocument":
        if self._seconds is None:
            return self
        return self._with_devices(_with_watts(self.content["devices"], self._seconds))

    def _with_devices(self, devices: list[Document]) -> "EmporiaUsageDocument":
        return EmporiaUsageDocument({**self.content, "devices": devices}, seconds=self._seconds)


def _within(devices: Iterable[Document], limits: KeyLimits, *, inside: bool) -> list[Document]:
    """What the limits show; `inside` of a device that they name, everything but the balance."""
    shown: list[Document] = []
    for device in devices:
        gid = device["deviceGid"]
        whole = inside or gid in limits.devices
        loose: list[Document] = []
        channels: list[Document] = []
        for channel in device.get("channelUsages") or ():
            nested = _within(channel.get("nestedDevices") or (), limits, inside=whole)
            number = channel.get("channelNum")
            if number != BALANCE and (whole or (gid, number) in limits.channels):
                told = {name: channel.get(name) for name in _TOLD_OF_A_CHANNEL}
                channels.append({**told, "nestedDevices": nested if whole else []})
            if not whole or number == BALANCE:
                loose.extend(nested)
        if whole or channels:
            shown.append({"deviceGid": gid, "channelUsages": channels})
        shown.extend(loose)
    return shown


def _pick(devices: Iterable[Document], gids: frozenset[int]) -> list[Document]:
    """The named ones with the named ones inside them; what is inside of others moves up."""
    picked: list[Document] = []
    for device in devices:
        loose: list[Document] = []
        channels: list[Document] = []
        for channel in device.get("channelUsages") or ():
            nested = _pick(channel.get("nestedDevices") or (), gids)
            loose.extend(nested)
            channels.append({**channel, "nestedDevices": nested})
        if device["deviceGid"] in gids:
            picked.append({**device, "channelUsages": channels})
        else:
            picked.extend(loose)
    return picked


def _with_watts(devices: Iterable[Document], seconds: int) -> list[Document]:
    told: list[Document] = []
    for device in devices:
        channels: list[dict[str, Any]] = []
        for channel in device.get("channelUsages") or ():
            nested = channel.get("nestedDevices")
            channels.append(
                {
                    **channel,
                    "watts": mean_watts(channel.get("usage"), seconds=seconds),
                    "nestedDevices": _with_watts(nested, seconds) if nested else [],
                }
            )
        told.append({**device, "channelUsages": channels})
    return told
