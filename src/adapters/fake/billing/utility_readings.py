"""The utility's readings in memory."""

from collections.abc import Sequence
from datetime import datetime

from application.ports.billing.utility_readings import HomeMeter, KeptUtilityReadings
from domain.billing.utility.months import UtilityMonth
from domain.emporia.links import AccountId
from domain.errors import StorageUnavailable


class InMemoryUtilityReadings(KeptUtilityReadings):
    """Keeps months, and when they came; where it `fails`, accounts can't be told."""

    fails = False

    def __init__(self) -> None:
        self._kept: dict[HomeMeter, dict[int, tuple[UtilityMonth, datetime]]] = {}

    async def months(self, meter: HomeMeter, start: int, end: int) -> Sequence[UtilityMonth]:
        kept = self._kept.get(meter, {})
        return [kept[at][0] for at in sorted(kept) if start <= at < end]

    async def starts(self, meter: HomeMeter) -> Sequence[int]:
        return sorted(self._kept.get(meter, {}))

    async def put(self, meter: HomeMeter, months: Sequence[UtilityMonth], *, at: datetime) -> None:
        kept = self._kept.setdefault(meter, {})
        kept.update({month.start: (month, at) for month in months})

    async def changed_at(self, meter: HomeMeter) -> datetime | None:
        return max((at for _, at in self._kept.get(meter, {}).values()), default=None)

    async def remove(self, meter: HomeMeter) -> bool:
        return self._kept.pop(meter, None) is not None

    async def accounts(self) -> Sequence[AccountId]:
        if self.fails:
            raise StorageUnavailable
        return sorted({meter.account for meter in self._kept})

    async def erase(self, account: AccountId) -> None:
        self._kept = {meter: kept for meter, kept in self._kept.items() if meter.account != account}
