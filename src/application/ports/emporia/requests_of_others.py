"""What of each account's request budget other nodes have spent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId


class RequestsOfOthers(Protocol):
    """Sums up what every other process counted, those that are gone too."""

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        """The minutes that began at `since` (UTC) or later, in any order, each once.

        Raises StorageUnavailable.
        """
        ...
