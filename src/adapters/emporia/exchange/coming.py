"""One answer of the cloud, as far as it has come."""

from dataclasses import dataclass, field

import httpx

MOST_HEAD_BYTES = 64 * 1024
MOST_HEADERS = 200
TELL_THE_END = frozenset({b"content-length", b"transfer-encoding"})
"""Headers by which a body tells where it ends; without them it ends with the connection."""

NO_BODY = frozenset({httpx.codes.NO_CONTENT, httpx.codes.NOT_MODIFIED})


@dataclass(frozen=True, slots=True)
class Head:
    """How an answer begins."""

    status: int
    headers: list[tuple[bytes, bytes]]

    @property
    def has_no_body(self) -> bool:
        """Whether the status says so, whatever the headers tell of a body."""
        return self.status in NO_BODY

    @property
    def tells_the_end(self) -> bool:
        """Whether the body is cut off where the connection ends before it."""
        return any(name.lower() in TELL_THE_END for name, _ in self.headers)


@dataclass(slots=True)
class Coming:
    """An answer as far as it has come."""

    heard_at: float
    head: Head | None = None
    head_bytes: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: list[bytes] = field(default_factory=list)
    held_bytes: int = 0
    is_held_up: bool = False
    is_whole: bool = False
    failure: httpx.TransportError | None = None

    def count(self, length: int) -> None:
        """So much more came that is no body."""
        self.head_bytes += length
        if self.head_bytes > MOST_HEAD_BYTES or len(self.headers) > MOST_HEADERS:
            raise TooMuch

    def end(self) -> None:
        """The connection ended, and with it a body that does not tell where."""
        if self.head is not None and self.failure is None and not self.head.tells_the_end:
            self.is_whole = True

    def take_body(self) -> bytes:
        """What has come of the body and was not read yet."""
        body = b"".join(self.body)
        self.body.clear()
        self.held_bytes = 0
        return body


class TooMuch(Exception):
    """More comes than belongs to an answer."""
