"""How often one caller may ask for what is costly."""

from typing import Protocol

from domain.accounts.callers.networks import Network


class CallLimit(Protocol):
    """Counts costly calls of each network, and of each site, which may make eight times as many.

    Memory is bounded.
    """

    async def count(self, network: Network) -> None:
        """Count a call; raises TooManyCalls, and counts nothing, once there were enough."""
        ...
