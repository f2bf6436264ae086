"""What homes cost right now, for whoever shows it every second."""

from dataclasses import dataclass
from typing import Protocol

from domain.accounts.users import UserId
from domain.emporia.links import AccountId
from domain.emporia.usage import Document


@dataclass(frozen=True, slots=True)
class HomeCost:
    """What is told of the home with these devices at its root."""

    roots: frozenset[int]
    document: Document


HomeCosts = tuple[HomeCost, ...]
"""The homes of an account that a tariff is for, in the order in which they are told everywhere."""


class CostBoard(Protocol):
    """Has the costs at hand, and renews them for as long as somebody asks."""

    def told(self, user_id: UserId, account: AccountId) -> HomeCosts | None:
        """What the account's homes cost by the tariffs of this user, worked out within a minute.

        None where that is not known, or not yet: asking is what has it worked out. Whoever asks
        gets the very same object until it is worked out again. Never blocks.
        """
        ...
