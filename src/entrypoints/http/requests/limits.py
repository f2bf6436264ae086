"""Slows down whoever tries passwords: a count of costly calls for each client address."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Middleware, Receive, Scope, Send

from domain.errors import TooManyCalls

COSTLY = "costly"
"""The key in a route's `opt` that puts it under the limit: it hashes a password, or signs in."""

WINDOW_SECONDS = 60.0


@dataclass(slots=True)
class _Window:
    began_at: float
    calls: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCounts:
    """Counts calls in a window that opens with an address's first call and lasts a minute.

    Whoever stays under the limit in every minute is never refused. Windows that are over are
    dropped, so that memory holds one minute's addresses at most.
    """

    most_calls: int
    seconds: Callable[[], float]
    windows: dict[str, _Window] = field(default_factory=dict)

    def count(self, address: str) -> None:
        """Count a call; raises TooManyCalls, and counts nothing, once there were enough."""
        now = self.seconds()
        self._drop_windows_before(now - WINDOW_SECONDS)
        window = self.windows.setdefault(address, _Window(began_at=now))
        if window.calls >= self.most_calls:
            raise TooManyCalls(retry_after_seconds=window.began_at + WINDOW_SECONDS - now)
        window.calls += 1

    def _drop_windows_before(self, began_at: float) -> None:
        """Windows lie in the order in which they began."""
        while self.windows and next(iter(self.windows.values())).began_at <= began_at:
            del self.windows[next(iter(self.windows))]


def account_limiter(
    calls_per_minute: int, *, seconds: Callable[[], float] = time.monotonic
) -> Middleware:
    """Refuse an address that makes more costly calls a minute, all such routes together."""
    counts = CallCounts(most_calls=calls_per_minute, seconds=seconds)

    def limited(app: ASGIApp) -> ASGIApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == ScopeType.HTTP and scope["route_handler"].opt.get(COSTLY):
                client = scope["client"]
                counts.count(client[0] if client else "")
            await app(scope, receive, send)

        return handle

    return limited
