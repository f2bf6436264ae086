"""What somebody finds who looks over an installation."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing stands: fine, worth knowing, or in the way of the gateway's work."""

    FINE = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: how it is, and what to do where it is not fine."""

    about: str
    verdict: Verdict
    says: str


def fine(about: str, says: str) -> Finding:
    """All is well."""
    return Finding(about=about, verdict=Verdict.FINE, says=says)


def note(about: str, says: str) -> Finding:
    """The gateway works, but somebody should know."""
    return Finding(about=about, verdict=Verdict.NOTE, says=says)


def wrong(about: str, says: str) -> Finding:
    """The gateway can't do its work, or not all of it."""
    return Finding(about=about, verdict=Verdict.WRONG, says=says)
