"""All that monitoring may want to know, read when it asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from application.emporia.cloud.request_budgets import RequestBudgets
from application.live.feed.feeds import LiveFeeds
from application.live.live_counts import LiveCounts
from application.live.open_streams import OpenStreams
from application.operations.call_times import CallTimes
from application.operations.count_events import CountEvents
from application.operations.count_outcomes import CountOutcomes
from application.ports.accounts.passwords import PasswordHasher
from application.ports.operations.storage_health import StorageHealth
from application.ports.operations.storage_size import StorageSize
from domain.operations.figures import Figure, counter, gauge, histogram


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFigures:
    """Looks at what there is and at what was counted; nothing is asked of Emporia."""

    open_streams: OpenStreams
    feeds: LiveFeeds
    live_counts: LiveCounts
    outcomes: CountOutcomes
    event_counts: CountEvents
    refreshes: Callable[[], Mapping[str, int]]
    budgets: RequestBudgets
    passwords: PasswordHasher
    call_times: CallTimes
    storage: StorageHealth
    storage_size: StorageSize
    cluster: Callable[[], Sequence[Figure]] = tuple
    """What there is to tell of a node among others."""

    async def __call__(self) -> Sequence[Figure]:
        """Every figure; the database is asked for a sign of life."""
        is_ready = await self.storage.is_reachable()
        sizes = await self.storage_size.in_bytes()
        return [
            *self._live(),
            *self._emporia(),
            *self._gateway(sizes, is_ready=is_ready),
            *self.cluster(),
        ]

    def _live(self) -> Sequence[Figure]:
        counts = self.live_counts
        return [
            gauge("streams", "Streams that are open.", len(self.open_streams.all())),
            gauge("feeds", "Accounts, scales and units that are polled.", self.feeds.count),
            counter("frames", "Frames that streams should have had.", counts.frames),
            counter("frames_missed", "Frames that slow readers missed.", counts.missed),
            histogram("tick_lag_seconds", "How late frames leave.", [({}, counts.lag)]),
        ]

    def _emporia(self) -> Sequence[Figure]:
        left = {str(account): float(left) for account, left in self.budgets.all_left().items()}
        return [
            counter("polls", "Polls of Emporia.", self.outcomes.polls, "outcome"),
            counter("refreshes", "Refreshes of Emporia's tokens.", self.refreshes(), "outcome"),
            gauge("breakers_open", "Partners that are in an outage.", self.outcomes.breakers_open),
            gauge("budget_left", "Requests that accounts have left today.", left, "account"),
        ]

    def _gateway(self, sizes: Mapping[str, int], *, is_ready: bool) -> Sequence[Figure]:
        return [
            counter("sign_ins", "Sign-ins to the gateway.", self.outcomes.sign_ins, "outcome"),
            counter("events", "What has happened.", self.event_counts.counts, "event"),
            gauge("passwords_waiting", "Passwords in work or waiting.", self.passwords.present),
            histogram("call_seconds", "Time to an answer's beginning.", self.call_times.all()),
            gauge("database_reachable", "Whether the database answers.", float(is_ready)),
            gauge("database_bytes", "Room that the database takes.", sizes, "part"),
        ]
