"""What is newest of an account that another node polls."""

from dataclasses import dataclass

from application.live.feed.subscription import FeedKey
from application.ports.emporia.leases import Leases
from application.ports.live.sample_exchange import LiveNews, SampleExchange
from domain.errors import StorageUnavailable

NO_NODE = "The node of this gateway that watches the account does not answer right now."

TRIES = 3
"""A node that is gone lets go of its accounts meanwhile, and one that asks the cloud has an answer.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHolder:
    """Asks the node that polls, unless this is the one."""

    leases: Leases
    exchange: SampleExchange

    async def __call__(self, key: FeedKey) -> LiveNews | None:
        """News with a sample; None where this node polls the account, from now on if need be.

        Raises what a poll failed at there, and StorageUnavailable where no node answers.
        """
        for _ in range(TRIES):
            if await self.leases.hold(key.account):
                return None
            news = await self.exchange.ask(key)
            if news is not None:
                return _with_sample(news)
        raise StorageUnavailable(NO_NODE)


def _with_sample(news: LiveNews) -> LiveNews:
    if news.failure is not None:
        raise news.failure
    if news.sample is None:
        raise StorageUnavailable(NO_NODE)
    return news
