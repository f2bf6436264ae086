"""What lies between a sign-in at a provider and a login here."""

from datetime import datetime
from typing import Protocol

from domain.accounts.identities import Flow, HandOver


class FlowSeals(Protocol):
    """Lets a browser keep a flow that it can't change; does not block."""

    def seal(self, flow: Flow) -> str:
        """A text for a cookie."""
        ...

    def open(self, text: str, *, now: datetime) -> Flow | None:
        """The flow; None unless it is whole, ours, and goes on (UTC)."""
        ...


class HandOvers(Protocol):
    """Keeps logins that wait for their page, each for a minute; memory is bounded."""

    async def add(self, code: str, hand_over: HandOver) -> None:
        """Keep one under a code that nobody can guess."""
        ...

    async def take(self, code: str, *, now: datetime) -> HandOver | None:
        """Give it out, once and in time (UTC); else None."""
        ...
