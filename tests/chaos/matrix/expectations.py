"""What each fault looks like from outside, call by call: the contract, as a table.

`tests/chaos/test_fault_matrix.py` holds the gateway to it, `python -m docs.fault_matrix` writes it
into docs/reliability.md.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

KNOWN_AT_ONCE = 3
"""A read asks three times at most; who comes next in a known outage costs nothing more."""


class Call(StrEnum):
    """What a client asks for; `refresh` is a read that needs a new token of Emporia's first."""

    SIGN_IN = "sign-in"
    REFRESH = "refresh"
    DEVICES = "devices"
    NOW = "instant, now"
    PAST = "instant, past"
    HISTORY = "history"
    STREAM = "stream"
    EVENTS = "SSE"


READS = (Call.DEVICES, Call.NOW, Call.PAST, Call.HISTORY)
STREAMS = (Call.STREAM, Call.EVENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A status and its code; two calls in a row send the failing host `asked` requests at most."""

    status: int
    code: str = ""
    sentence: str = ""
    asked: int = KNOWN_AT_ONCE

    @property
    def is_refusal(self) -> bool:
        """Whether it tells the caller to mend something."""
        return 400 <= self.status < 500

    @property
    def is_trouble(self) -> bool:
        """Whether the call fails."""
        return self.status != 200

    @property
    def shown(self) -> str:
        """As the table shows it: the status, and the most requests that two calls cost."""
        return f"{self.status}, {self.asked}" if self.is_trouble else f"{self.status}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """What an open stream is told, and the code that a WebSocket is closed with, if it is."""

    notice: str = ""
    close_code: int | None = None
    asked: int = 8

    @property
    def is_refusal(self) -> bool:
        """Whether it ends for a reason that the caller has to mend."""
        return self.close_code is not None

    @property
    def is_trouble(self) -> bool:
        """Whether the stream is told anything."""
        return bool(self.notice)

    @property
    def shown(self) -> str:
        """As the table shows it."""
        if self.close_code is not None:
            return f"ends, {self.close_code}"
        return "told once" if self.notice else "goes on"


Seen = Answered | Streamed

FINE = Answered(status=200, asked=4)
UNREADABLE = Answered(
    status=502,
    code="emporia_unreadable",
    sentence="Emporia's cloud gave an answer that could not be read.",
)
DOWN = Answered(
    status=503,
    code="emporia_unavailable",
    sentence="Emporia's cloud is not available right now.",
)
SENT_TWICE = replace(DOWN, asked=KNOWN_AT_ONCE + 1)
"""After a 401 each try is sent again with a new token."""

LATE = Answered(
    status=504,
    code="emporia_timed_out",
    sentence="Emporia's cloud did not answer in time.",
)
CLOCK_OFF = Answered(
    status=503,
    code="gateway_clock_wrong",
    sentence="The gateway's clock is 10 minutes behind Emporia's, so that Emporia can't check the "
    "password; whoever runs the gateway has to set its clock.",
    asked=4,  # a sign-in is two requests, and only the second is refused
)
DEAD = Answered(
    status=400, code="link_dead", sentence="The Emporia account has to be linked again."
)
REFUSED = Answered(
    status=400, code="emporia_refused_credentials", sentence="Emporia authentication failed"
)
GOES_ON = Streamed()
TOLD = Streamed(notice="Error fetching device data.")
ENDED = Streamed(notice="Error fetching devices.", close_code=4424)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fault: what each call sees, and how soon after its end all is well by itself."""

    seen: dict[Call, Seen]
    well_after_seconds: int = 150
    has_to_link: bool = False

    @property
    def recovery(self) -> str:
        """As the table shows it."""
        if self.has_to_link:
            return "when linked again"
        if not any(seen.is_trouble for seen in self.seen.values()):
            return "was never ill"
        return f"by itself, {self.well_after_seconds} s at most"


def _row(
    sign_in: Answered,
    refresh: Answered,
    reads: Answered,
    streams: Streamed,
    *,
    well_after_seconds: int = 150,
    has_to_link: bool = False,
    **exceptions: Seen,
) -> Row:
    """A row whose reads and streams see the same, but for the calls that are named."""
    return Row(
        seen={
            Call.SIGN_IN: sign_in,
            Call.REFRESH: refresh,
            **dict.fromkeys(READS, reads),
            **dict.fromkeys(STREAMS, streams),
            **{Call[name]: seen for name, seen in exceptions.items()},
        },
        well_after_seconds=well_after_seconds,
        has_to_link=has_to_link,
    )


#                                    sign-in     refresh     reads       streams
MATRIX: dict[str, Row] = {
    "refused": _row(                 DOWN,       DOWN,       DOWN,       TOLD),
    "DNS failure": _row(             DOWN,       DOWN,       DOWN,       TOLD),
    "connect time-out": _row(        LATE,       LATE,       LATE,       TOLD),
    "TLS failure": _row(             DOWN,       DOWN,       DOWN,       TOLD),
    "read stall": _row(              LATE,       LATE,       LATE,       TOLD),
    "a byte now and then": _row(     LATE,       LATE,       LATE,       TOLD),
    "reset in the body": _row(       DOWN,       DOWN,       DOWN,       TOLD),
    "not HTTP": _row(                DOWN,       DOWN,       DOWN,       TOLD),
    "401 burst": _row(               SENT_TWICE, SENT_TWICE, SENT_TWICE, TOLD),
    "401 from both": _row(           UNREADABLE, UNREADABLE, DOWN,       TOLD),
    "401, and the refresh refused": _row(
                                     REFUSED,    DEAD,       DEAD,       ENDED,
                                     has_to_link=True),
    "401 for one device": _row(      FINE,       FINE,       FINE,       GOES_ON),
    "403 with XML": _row(            UNREADABLE, UNREADABLE, UNREADABLE, TOLD),
    "429, `Retry-After: 30`": _row(  DOWN,       DOWN,       DOWN,       TOLD),
    "429": _row(                     DOWN,       DOWN,       DOWN,       TOLD),
    "429, `Retry-After: 99999999`": _row(
                                     DOWN,       DOWN,       DOWN,       TOLD,
                                     well_after_seconds=600),
    "500 burst": _row(               DOWN,       DOWN,       DOWN,       TOLD),
    "maintenance": _row(             DOWN,       DOWN,       DOWN,       TOLD),
    "down in JSON": _row(            DOWN,       DOWN,       DOWN,       TOLD),
    "redirect": _row(                UNREADABLE, UNREADABLE, UNREADABLE, TOLD),
    "truncated JSON": _row(          UNREADABLE, UNREADABLE, UNREADABLE, TOLD),
    "wrong types": _row(             UNREADABLE, UNREADABLE, UNREADABLE, TOLD),
    "nulls": _row(                   FINE,       FINE,       FINE,       GOES_ON),
    "empty lists": _row(             FINE,       FINE,       UNREADABLE, TOLD,
                                     DEVICES=FINE, HISTORY=FINE),
    '`""`': _row(                    UNREADABLE, UNREADABLE, UNREADABLE, TOLD,
                                     HISTORY=FINE),
    "10 MB": _row(                   UNREADABLE, UNREADABLE, UNREADABLE, TOLD),
    "gzip bomb": _row(               UNREADABLE, UNREADABLE, UNREADABLE, TOLD),
    "clock ten minutes off": _row(   CLOCK_OFF,  FINE,       FINE,       GOES_ON),
    "refresh token revoked": _row(   FINE,       DEAD,       DEAD,       ENDED,
                                     has_to_link=True),
    "500 for histories": _row(       FINE,       FINE,       FINE,       GOES_ON,
                                     HISTORY=DOWN),
    "Cognito down, API up": _row(    DOWN,       DOWN,       FINE,       GOES_ON),
    "API down, Cognito up": _row(    DOWN,       DOWN,       DOWN,       TOLD),
}  # fmt: skip
