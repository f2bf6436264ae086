"""Measures a request while it arrives, and stops its parser where it goes too far."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import NoReturn

from entrypoints.serving import refusals
from entrypoints.serving.head_rules import refusal_of
from entrypoints.serving.refusals import Refusal

MOST_ADDRESS_BYTES = 8_192
MOST_HEADER_BYTES = 16_384
MOST_HEADERS = 100
"""Of the head and, once more, of the trailers of a body in chunks."""

MOST_PIPELINED = 16
"""How many requests may wait for the answer to the one before."""

FREE_PIECES = 1_024
BYTES_OF_A_PIECE = 16
"""In how many pieces a body may come: so many, and one more for each so many bytes of it."""


class TooMuch(Exception):
    """Parsing is to stop; why is kept by the measure, for the parser forgets it."""


class Reading(Enum):
    """What of a request is expected."""

    NOTHING = auto()
    HEAD = auto()
    BODY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDeadlines:
    """How long a request may take to arrive."""

    head_seconds: float
    body_seconds: float


class RequestMeasure:
    """What has come of one request after the other; methods raise TooMuch."""

    __slots__ = (
        "_header_bytes",
        "_headers",
        "_pieces",
        "_unfinished_bytes",
        "body_bytes",
        "reading",
        "refusal",
    )

    def __init__(self) -> None:
        self.refusal: Refusal | None = None
        self.expect(Reading.NOTHING)

    def begin(self, *, waiting: int) -> None:
        """A request begins, and so many wait for their answers already."""
        self.expect(Reading.HEAD)
        if waiting >= MOST_PIPELINED:
            self.stop(refusals.UNREADABLE)

    def expect(self, reading: Reading) -> None:
        """From here on it is that what comes."""
        self.reading = reading
        self._headers = self._header_bytes = self._unfinished_bytes = 0
        self._pieces = self.body_bytes = 0

    def address(self, length: int) -> None:
        """The address has this length by now."""
        if length > MOST_ADDRESS_BYTES:
            self.stop(refusals.ADDRESS_TOO_LONG)

    def header(self, name: bytes, value: bytes) -> None:
        """A header or a trailer came."""
        self._headers += 1
        self._header_bytes += len(name) + len(value)
        if self._headers > MOST_HEADERS or self._header_bytes > MOST_HEADER_BYTES:
            self.stop(refusals.HEADERS_TOO_LARGE)

    def head(self, headers: Iterable[tuple[bytes, bytes]], *, version: str) -> None:
        """The whole head came."""
        refusal = refusal_of(headers, version=version)
        if refusal is not None:
            self.stop(refusal)

    def piece(self, length: int) -> None:
        """A piece of the body came."""
        self._pieces += 1
        self.body_bytes += length
        if self._pieces > FREE_PIECES + self.body_bytes // BYTES_OF_A_PIECE:
            self.stop(refusals.TOO_MANY_PIECES)

    def unfinished(self, length: int) -> bool:
        """Whether bytes may follow that end no header, or stand between the pieces of a body."""
        self._unfinished_bytes += length
        return self._unfinished_bytes <= MOST_HEADER_BYTES + BYTES_OF_A_PIECE * self._pieces

    def stop(self, refusal: Refusal) -> NoReturn:
        """End the parsing."""
        self.refusal = refusal
        raise TooMuch
