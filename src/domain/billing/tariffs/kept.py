"""A tariff that somebody keeps, and which homes it is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from domain.accounts.users import UserId
from domain.billing.errors import TariffUnacceptable
from domain.billing.tariffs.checks import require_count
from domain.billing.tariffs.tariff import Tariff
from domain.emporia.devices import LARGEST_GID

TariffId = NewType("TariffId", UUID)

MOST_PANELS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTariff:
    """A user's tariff; times are UTC.

    It is for the homes that have one of these panels, by gid; for all homes where none is named.
    Raises TariffUnacceptable.
    """

    id: TariffId
    user_id: UserId
    tariff: Tariff
    panels: frozenset[int]
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        require_count(self.panels, field="panels", most=MOST_PANELS)
        if any(not 1 <= gid <= LARGEST_GID for gid in self.panels):
            raise TariffUnacceptable("panels: name panels by their gids.")


def tariff_for(kept: Iterable[KeptTariff], panels: Iterable[int]) -> KeptTariff | None:
    """The first that names one of the home's panels, else the first that names none."""
    home, general = frozenset(panels), None
    for each in kept:
        if each.panels & home:
            return each
        if general is None and not each.panels:
            general = each
    return general
