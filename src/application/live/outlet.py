"""Where a stream's frames go."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol


@dataclass(slots=True)
class Frame:
    """One message for many streams.

    `prepared` is the text as a transport sends it: whoever has to wrap the text first leaves the
    result there, so that it is made once for all. Nobody else looks into it.
    """

    text: bytes
    prepared: bytes | None = field(default=None, compare=False, repr=False)


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
