"""The relays of this node, found by what they are of."""

from collections import defaultdict
from collections.abc import Collection

from application.live.cluster.relay import Relay
from application.live.feed.subscription import FeedKey
from application.ports.nodes import NodeId
from domain.emporia.links import AccountId


class OwnRelays:
    """One for each feed that runs here."""

    def __init__(self) -> None:
        self._relays: dict[FeedKey, Relay] = {}
        self._by_account: defaultdict[AccountId, set[Relay]] = defaultdict(set)

    def add(self, relay: Relay) -> None:
        """The feed begins."""
        self._relays[relay.key] = relay
        self._by_account[relay.account].add(relay)

    def remove(self, relay: Relay) -> None:
        """The feed has ended."""
        del self._relays[relay.key]
        of_account = self._by_account[relay.account]
        of_account.remove(relay)
        if not of_account:
            del self._by_account[relay.account]

    def get(self, key: FeedKey) -> Relay | None:
        """The relay of this feed, if it runs here."""
        return self._relays.get(key)

    def of(self, account: AccountId) -> Collection[Relay]:
        """Those of all feeds of the account."""
        return self._by_account.get(account, ())

    def following(self) -> list[Relay]:
        """Those that wait for what another node says."""
        return [relay for relay in self._relays.values() if relay.is_following]

    def is_followed(self, account: AccountId) -> bool:
        """Whether a feed of the account waits for what another node says."""
        return any(relay.is_following for relay in self.of(account))

    def holder(self, account: AccountId) -> NodeId | None:
        """Who polls the account, as far as a feed that follows knows."""
        known = (relay.node for relay in self.of(account) if relay.is_following)
        return next((node for node in known if node is not None), None)
