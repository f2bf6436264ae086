"""Server-Sent Events, whatever the cloud wrote into a sample."""

import json
from typing import Any

import pytest

from application.live.feed.outlet import Frame
from entrypoints.streams.events import device_data, error


def frame(usages: dict[str, Any]) -> Frame:
    return Frame(json.dumps({"data": {"deviceListUsages": usages}}).encode())


def events(stream: bytes) -> list[list[tuple[str, str]]]:
    """The fields of each event, as the standard has them read."""
    text = stream.decode().replace("\r\n", "\n").replace("\r", "\n")
    assert text.endswith("\n\n")
    blocks = text.removesuffix("\n\n").split("\n\n")
    return [
        [(line.partition(":")[0], line.partition(":")[2].removeprefix(" ")) for line in lines]
        for lines in (block.split("\n") for block in blocks)
    ]


def test_an_event_has_the_instant_for_its_name() -> None:
    sent = frame({"instant": "2026-03-01T12:00:00Z"})

    assert events(device_data(sent)) == [
        [("event", "deviceData"), ("id", "2026-03-01T12:00:00Z"), ("data", sent.text.decode())]
    ]


@pytest.mark.parametrize(
    "instant",
    ["a\nevent: error\ndata: b", "a\r\n\r\nb", "a\rdata: b", "\0", "a\u2028b", "é", "", 5, None],
)
def test_an_instant_that_is_no_name_breaks_nothing(instant: Any) -> None:
    sent = frame({"instant": instant})

    [fields] = events(device_data(sent))

    assert fields in (
        [("event", "deviceData"), ("data", sent.text.decode())],
        [("event", "deviceData"), ("id", ""), ("data", sent.text.decode())],
    )


def test_a_sample_without_an_instant_is_sent_all_the_same() -> None:
    sent = frame({})

    assert events(device_data(sent)) == [[("event", "deviceData"), ("data", sent.text.decode())]]


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n"])
def test_data_in_several_lines_stays_data(break_: str) -> None:
    text = f"{{{break_}}}".encode()

    assert events(error(text)) == [[("event", "error"), ("data", "{"), ("data", "}")]]


def test_all_streams_get_the_same_bytes_of_a_frame() -> None:
    frame = Frame(b'{"data":{}}')

    assert device_data(frame) is device_data(frame)
