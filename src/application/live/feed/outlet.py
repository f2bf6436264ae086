"""Where a stream's frames go."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol


@dataclass(slots=True)
class Frame:
    """One message for many streams.

    `prepared` and `event` are the text as two transports send it: whoever has to wrap the text
    first leaves the result there, so that it is made and kept once for all. Nobody else looks
    into them. `missed` counts the streams that this frame did not reach, or that never took the
    one before, until it is read.
    """

    text: bytes
    prepared: bytes | None = field(default=None, compare=False, repr=False)
    event: bytes | None = field(default=None, compare=False, repr=False)
    missed: int = field(default=0, compare=False, repr=False)


class StreamNotice(Enum):
    """Something a stream is told while it goes on."""

    POLLS_FAILING = auto()
    SECONDS_FLAT = auto()
    """There are no true seconds to replay; what is newest of each minute comes from now on."""

    SECONDS_SKIPPED = auto()
    """Some seconds of a replay came too late to be shown."""

    PANEL_GONE = auto()
    """The panel of a replay is not there any more; it goes on as with SECONDS_FLAT."""


class StreamEnd(Enum):
    """Why a stream ends."""

    TOKEN_INVALID = auto()
    USER_GONE = auto()
    NO_DEVICES = auto()
    """Nothing is linked."""

    LINK_DEAD = auto()
    """What is linked has to be linked again."""

    TOO_SLOW = auto()
    OUT_OF_TOUCH = auto()
    """What would end the stream could not be heard for long."""


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
