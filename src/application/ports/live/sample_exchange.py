"""How nodes tell each other what the one of them that polls an account has heard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.live.feed.subscription import FeedKey
from application.ports.emporia.leases import Fence
from application.ports.nodes import NodeId
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample
from domain.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveNews:
    """What is newest of one feed, as `node` shows it, which polls the account under this fence.

    `sample` is None where none is known, and `age_seconds` its age. `next_poll_at` is UTC by that
    node's clock, `budget_left` None means no limit, `minute` what stands in for seconds. `failure`
    is why there is none of now, for whoever asked; `is_failing` that the polls fail.
    """

    node: NodeId
    fence: Fence
    key: FeedKey
    sample: UsageSample | None
    age_seconds: float
    next_poll_at: datetime
    budget_left: int | None
    minute: UsageSample | None = None
    is_failing: bool = False
    failure: DomainError | None = None


class ExchangeEar(Protocol):
    """Hears what other nodes say. No method raises, and none but `asked` waits."""

    def told(self, news: LiveNews) -> None:
        """The node that polls has news of a feed that is followed here."""
        ...

    def wanted(self, keys: Collection[FeedKey]) -> None:
        """Another node goes on watching these."""
        ...

    def freed(self, account: AccountId) -> None:
        """Whoever polled the account has let go of it."""
        ...

    async def asked(self, key: FeedKey) -> LiveNews | None:
        """Another node asks for what is newest now; None where this one does not poll it."""
        ...


class SampleExchange(Protocol):
    """Carries samples from the node that polls to those that follow.

    Nothing that is late counts: what can't be said at once is never said.
    """

    @property
    def is_open(self) -> bool:
        """Whether other nodes can be reached now."""
        ...

    def connect(self, ear: ExchangeEar) -> None:
        """Let this one hear what other nodes say."""
        ...

    def tell(self, news: LiveNews) -> None:
        """Tell the nodes that follow; neither blocks nor raises."""
        ...

    def want(self, keys: Collection[FeedKey]) -> None:
        """Let whoever polls these know that they are watched here; neither blocks nor raises.

        It is believed for some seconds, so whoever goes on watching says it again.
        """
        ...

    async def ask(self, key: FeedKey) -> LiveNews | None:
        """What is newest now, by the node that polls it; None where none answers in time."""
        ...

    async def follow(self, key: FeedKey) -> None:
        """Hear news of this feed from now on."""
        ...

    async def unfollow(self, key: FeedKey) -> None:
        """Hear no more of it; does nothing where it was not followed."""
        ...
