"""Looks whether Emporia's two services answer, and how far its clock is from ours.

Nobody signs in: that a service answers at all is all there is to know, so no account's budget is
touched.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from application.ports.clock import Clock
from application.ports.operations.checks import Check
from domain.operations.findings import Finding, fine, wrong

FARTHEST = timedelta(seconds=60)
"""Cognito refuses sign-ins by a clock that is minutes off as it refuses wrong passwords."""


class CloudCheck(Check):
    """Asks one service for anything at all; `clock` says whether its time is looked at too."""

    def __init__(
        self,
        about: str,
        *,
        url: str,
        setting: str,
        timeout_seconds: float,
        clock: Clock,
        looks_at_clock: bool = False,
    ) -> None:
        self._about = about
        self._url = url
        self._setting = setting
        self._timeout_seconds = timeout_seconds
        self._clock = clock
        self._looks_at_clock = looks_at_clock

    @property
    def about(self) -> str:
        return self._about

    async def look(self) -> Sequence[Finding]:
        try:
            async with (
                asyncio.timeout(self._timeout_seconds),
                httpx.AsyncClient(timeout=self._timeout_seconds) as client,
                client.stream("GET", self._url) as answer,
            ):
                asked = self._clock.now()
        except TimeoutError:
            return [self._unreachable(f"gave no answer within {self._timeout_seconds:g} s")]
        except httpx.TransportError as error:
            return [self._unreachable(_reason(error))]
        except httpx.HTTPError:
            return [self._unreachable("answers, but not in HTTP")]
        found = [self._judged(answer.status_code)]
        if self._looks_at_clock:
            found.append(self._compared(answer.headers.get("Date"), asked))
        return found

    def _judged(self, status: int) -> Finding:
        if status >= 500:
            return wrong(
                self.about, f"{self._url} answers {status}: it is down; wait until it is back."
            )
        return fine(self.about, f"{self._url} answers")

    def _unreachable(self, reason: str) -> Finding:
        return wrong(
            self.about,
            f"{self._url} {reason}; look at the network, the proxy and {self._setting}.",
        )

    def _compared(self, date: str | None, now: datetime) -> Finding:
        try:
            theirs = parsedate_to_datetime(date or "").astimezone(UTC)
        except ValueError:
            return fine("clock", f"{now:%Y-%m-%dT%H:%M:%SZ}; the cloud does not tell its own")
        off = now - theirs
        if abs(off) > FARTHEST:
            side = "ahead of" if off > timedelta(0) else "behind"
            return wrong(
                "clock",
                f"{abs(off).total_seconds():.0f} s {side} Emporia's; set it right (timedatectl "
                "set-ntp true), or every sign-in looks like a wrong password.",
            )
        return fine("clock", f"within {abs(off).total_seconds():.0f} s of Emporia's")


def _reason(error: httpx.TransportError) -> str:
    """What kept the request from an answer, in words that are ours."""
    text = str(error).lower()
    if "name or service" in text or "nodename" in text or "name resolution" in text:
        return "has a name that can't be looked up"
    if "certificate" in text or "ssl" in text:
        return "does not prove who it is (TLS)"
    if isinstance(error, httpx.ConnectError):
        return "can't be connected to"
    return "broke the connection"
