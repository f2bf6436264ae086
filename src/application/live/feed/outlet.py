"""Where a stream's frames go."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

from domain.emporia.links import AccountId

logger = logging.getLogger(__name__)

BROKEN_OUTLET = "a stream of account %d broke"
"""Logged, and no more: one socket must not stop the clock of all the others."""


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

    def new_batch(self, account: AccountId) -> "Batch":
        """What gives frames of an account to outlets of this kind; nobody is in it yet."""
        return Batch(account)


class Batch:
    """Outlets of one kind that take the same frames, in the order in which they came."""

    __slots__ = ("_everybody", "_outlets", "account")

    def __init__(self, account: AccountId) -> None:
        self.account = account
        self._outlets: dict[Outlet, None] = {}
        self._everybody: tuple[Outlet, ...] | None = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is left."""
        return not self._outlets

    @property
    def everybody(self) -> tuple[Outlet, ...]:
        """Who is there now; who leaves later is in it still."""
        if self._everybody is None:
            self._everybody = tuple(self._outlets)
        return self._everybody

    def add(self, outlet: Outlet) -> None:
        """Let an outlet be one of them."""
        self._outlets[outlet] = None
        self._everybody = None

    def discard(self, outlet: Outlet) -> None:
        """Let an outlet be none of them; nothing happens if it is none."""
        self._outlets.pop(outlet, None)
        self._everybody = None

    def put_frame(self, frame: Frame) -> None:
        """Give everybody the frame."""
        # An outlet that fails to take a frame may leave meanwhile: this tuple stays as it is.
        self._put_one_by_one(frame, self.everybody)

    def _put_one_by_one(self, frame: Frame, outlets: Iterable[Outlet]) -> None:
        for outlet in outlets:
            try:
                outlet.put_frame(frame)
            except Exception:
                logger.exception(BROKEN_OUTLET, self.account)
