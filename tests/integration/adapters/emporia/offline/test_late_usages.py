"""A sample that is taken apart late is the one that it was."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from adapters.emporia.late_usages import late_usages
from adapters.emporia.usages import read_usages
from domain.emporia.samples import UsageSample
from domain.errors import EmporiaUnreadable

NOW = datetime(2026, 3, 1, 12, 0, 1, tzinfo=UTC)


def polled(*usages: float | None) -> UsageSample:
    """A panel with these usages, the first of which has a plug nested in it."""
    plug = {"deviceGid": 2, "channelUsages": [{"channelNum": "1,2,3", "usage": 0.001}]}
    channels: list[dict[str, Any]] = [
        {"name": f"Circuit {place}", "usage": usage, "channelNum": str(place), "nestedDevices": []}
        for place, usage in enumerate(usages)
    ]
    channels[0]["nestedDevices"] = [plug]
    told = {
        "instant": "2026-03-01T12:00:00Z",
        "scale": "1MIN",
        "energyUnit": "KilowattHours",
        "devices": [{"deviceGid": 1, "channelUsages": channels}],
    }
    return read_usages({"deviceListUsages": told}, received_at=NOW)


def late(sample: UsageSample, text: bytes | None = None) -> UsageSample:
    return late_usages(
        msgspec.json.encode(sample.document.written) if text is None else text,
        instant=sample.instant,
        scale=sample.scale,
        unit=sample.unit,
        received_at=sample.received_at,
        homes=sample.homes,
    )


def test_its_readings_are_those_that_were_read() -> None:
    before = polled(0.02, None)
    devices = late(before).devices
    assert len(devices) == 1
    assert devices[0] == before.devices[0]
    assert devices[:] == before.devices
    assert [each.watts for each in devices[0].walk()] == [1200.0, 60.0, None]


def test_it_is_compared_like_any_other() -> None:
    before, other = polled(0.02), polled(0.03)
    assert before.devices == late(before).devices
    assert late(before).devices == before.devices
    assert late(before).devices == late(before).devices
    assert before.devices != late(other).devices
    assert late(before).devices != other.devices
    assert late(before).devices != late(other).devices


def test_what_is_left_out_or_added_is_the_same() -> None:
    before = polled(0.02, None)
    after = late(before).document
    assert after.content == before.document.content
    assert after.instant == before.document.instant
    assert after.only(None) is after
    assert after.only(frozenset({2})).content == before.document.only(frozenset({2})).content
    assert after.with_watts().content == before.document.with_watts().content


def test_what_is_written_is_its_text() -> None:
    text = b'{"instant":"2026-03-01T12:00:00Z","devices":[],"told":1e-05}'
    assert msgspec.json.encode(late(polled(1.0), text).document.written) == text


def test_it_is_not_taken_apart_before_somebody_looks() -> None:
    sample = late(polled(1.0), b'{"devices":[{"deviceGid":"none"}]}')
    assert replace(sample, received_at=NOW).homes is None
    with pytest.raises(EmporiaUnreadable):
        len(sample.devices)
    with pytest.raises(msgspec.DecodeError):
        late(polled(1.0), b"{").document.content  # noqa: B018  # reading it is what fails
