"""What Server-Sent Events are made of."""

import msgspec

from application.live.feed.outlet import Frame

RETRY = b"retry: 3000\n\n"
"""When a client that lost its stream comes back, in milliseconds."""

PADDING = b":%b\n\n" % (b" " * 2048)
"""A comment at the start: a proxy that compresses in spite of what it is told fills its buffer."""

COMMENT = b":\n\n"


class _Usages(msgspec.Struct):
    instant: str


class _Data(msgspec.Struct, rename="camel"):
    device_list_usages: _Usages


class _DeviceData(msgspec.Struct):
    data: _Data


_READER = msgspec.json.Decoder(_DeviceData)


def device_data(frame: Frame) -> bytes:
    """A frame as an event, whatever the cloud wrote into it: no value may end a line.

    All streams get the same bytes: a copy for each of those who do not read would be kept for each.
    """
    if frame.event is None:
        text = _in_lines(frame.text)
        frame.event = b"event: deviceData\n%bdata: %b\n\n" % (_id(frame), text)
    return frame.event


def _id(frame: Frame) -> bytes:
    """The line that names the sample; none where its instant can't be a name."""
    try:
        instant = _READER.decode(frame.text).data.device_list_usages.instant
    except msgspec.DecodeError:
        return b""
    is_plain = instant.isascii() and instant.isprintable()
    return b"id: %b\n" % instant.encode() if is_plain else b""


def _in_lines(text: bytes) -> bytes:
    return b"\ndata: ".join(text.splitlines()) if b"\n" in text or b"\r" in text else text


def error(text: bytes) -> bytes:
    """An error as an event."""
    return b"event: error\ndata: %b\n\n" % _in_lines(text)
