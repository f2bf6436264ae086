"""A sample that another process has read before, taken apart no sooner than it is looked into."""

from collections.abc import Sequence
from datetime import datetime
from typing import overload

import msgspec

from adapters.emporia.payloads import DeviceListUsagesPayload, checked
from adapters.emporia.readings import readings_of
from adapters.emporia.usage_document import EmporiaUsageDocument
from domain.emporia.home_power import HomePower
from domain.emporia.samples import DeviceReading, UsageSample
from domain.emporia.usage import Document, EnergyUnit, Scale

_DOCUMENT = msgspec.json.Decoder(dict[str, object])


def late_usages(
    text: bytes,
    *,
    instant: datetime,
    scale: Scale,
    unit: EnergyUnit,
    received_at: datetime,
    homes: tuple[HomePower, ...] | None,
) -> UsageSample:
    """The sample whose document is this text, of which the rest is known.

    Most frames need the text alone: to take it apart would be most of what hearing of it costs.
    Whoever looks into what is none gets EmporiaUnreadable or msgspec.DecodeError.
    """
    seconds = scale.power_seconds(unit)
    document = LateDocument(text, seconds=seconds)
    return UsageSample(
        instant=instant,
        scale=scale,
        unit=unit,
        devices=LateReadings(document, seconds=seconds),
        document=document,
        received_at=received_at,
        homes=homes,
    )


class LateDocument(EmporiaUsageDocument):
    """A document as its text, which is read once and kept beside it."""

    __slots__ = ("_read", "_text")

    def __init__(self, text: bytes, *, seconds: int | None) -> None:
        self._text = text
        self._seconds = seconds
        self._read: Document | None = None

    @property
    def content(self) -> Document:
        if self._read is None:
            self._read = _DOCUMENT.decode(self._text)
        return self._read

    @property
    def written(self) -> msgspec.Raw:
        return msgspec.Raw(self._text)


class LateReadings(Sequence[DeviceReading]):
    """The readings in a document, which is taken apart when one of them is looked at."""

    __slots__ = ("_document", "_readings", "_seconds")
    __hash__ = None  # type: ignore[assignment]  # it equals a tuple, and would have to read for it

    def __init__(self, document: EmporiaUsageDocument, *, seconds: int | None) -> None:
        self._document = document
        self._seconds = seconds
        self._readings: tuple[DeviceReading, ...] | None = None

    @property
    def _all(self) -> tuple[DeviceReading, ...]:
        if self._readings is None:
            payload = checked(self._document.content, DeviceListUsagesPayload)
            self._readings = readings_of(payload.devices or (), self._seconds)
        return self._readings

    @overload
    def __getitem__(self, index: int) -> DeviceReading: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[DeviceReading, ...]: ...

    def __getitem__(self, index: int | slice) -> DeviceReading | tuple[DeviceReading, ...]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return self._all == (other._all if isinstance(other, LateReadings) else other)
