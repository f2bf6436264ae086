"""Where the utility's own readings are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.billing.utility.months import UtilityMonth
from domain.emporia.home_power import Home
from domain.emporia.links import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeMeter:
    """The utility's meter of one home of an Emporia account; `home` is the gid of a panel."""

    account: AccountId
    home: int

    @classmethod
    def of(cls, account: AccountId, home: Home) -> "HomeMeter":
        """By the lowest of its gids, in whatever order Emporia lists them."""
        return cls(account=account, home=min(home.roots))


class KeptUtilityReadings(Protocol):
    """Keeps them by home and month, whoever has the account linked, until they are erased.

    Every change is durable when the method returns; all raise StorageUnavailable.
    """

    async def months(self, meter: HomeMeter, start: int, end: int) -> Sequence[UtilityMonth]:
        """The months that begin in [start, end), in seconds since 1970, the oldest first."""
        ...

    async def starts(self, meter: HomeMeter) -> Sequence[int]:
        """Where each month begins that is kept, the oldest first."""
        ...

    async def put(self, meter: HomeMeter, months: Sequence[UtilityMonth], *, at: datetime) -> None:
        """Put all of these in the place of the same months, or none; others stay."""
        ...

    async def changed_at(self, meter: HomeMeter) -> datetime | None:
        """When something was put there the last time; None where nothing is kept."""
        ...

    async def remove(self, meter: HomeMeter) -> bool:
        """Erase all of a home; False where nothing was kept."""
        ...

    async def accounts(self) -> Sequence[AccountId]:
        """Every account of which something is kept."""
        ...

    async def erase(self, account: AccountId) -> None:
        """Erase all of an account."""
        ...
