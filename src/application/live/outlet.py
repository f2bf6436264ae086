"""Where a stream's frames go."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Frame:
    """One message for many streams: its text, and the same framed for a WebSocket's wire.

    A server's frames are not masked, so the bytes are the same for every socket.
    """

    text: bytes
    wire: bytes


class StreamNotice(Enum):
    """Something a stream is told while it goes on."""

    POLLS_FAILING = auto()


class StreamEnd(Enum):
    """Why a stream ends."""

    TOKEN_INVALID = auto()
    USER_GONE = auto()
    NO_DEVICES = auto()
    TOO_SLOW = auto()


class Outlet(Protocol):
    """Takes what one stream is to hear. No method blocks, fails, or holds more than one frame.

    A reader that has not taken the frame before gets this one in its place or none at all:
    the newest wins, and memory does not grow.
    """

    @property
    def has_ended(self) -> bool:
        """Whether nothing but the end is left to hear."""
        ...

    def put_frame(self, frame: Frame) -> None:
        """Let the stream have the newest frame."""
        ...

    def put_notice(self, notice: StreamNotice) -> None:
        """Tell the stream something, before the next frame."""
        ...

    def end(self, reason: StreamEnd) -> None:
        """End the stream; the first reason stands."""
        ...
