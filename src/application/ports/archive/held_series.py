"""Which series there are in the archive."""

from collections.abc import Sequence
from typing import Protocol

from domain.archive.series import SeriesName
from domain.emporia.links import AccountId


class HeldSeries(Protocol):
    """Knows the names without looking at what is held of each."""

    async def names(self, account: AccountId) -> Sequence[SeriesName]:
        """Every series of the account that anything is held of, also of devices that are gone.

        Raises StorageUnavailable.
        """
        ...
