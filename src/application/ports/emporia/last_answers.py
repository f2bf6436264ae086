"""Emporia's last answers, for when it can't be asked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.usage import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """An answer in Emporia's own words, and when it came (UTC)."""

    document: Document = field(repr=False)
    received_at: datetime


class LastAnswers(Protocol):
    """Keeps one answer of each kind for each link, sealed for the link's user.

    What is kept for a link is erased with it: when the user unlinks, links another account, or
    leaves.
    """

    async def keep(self, link: EmporiaLink, kind: str, answer: LastAnswer) -> None:
        """Keep it in place of the former one; does nothing once the link is no longer theirs."""
        ...

    async def of_account(self, account: AccountId, kind: str) -> LastAnswer | None:
        """The newest that is kept for any link to the account.

        None without one, and where it can't be unsealed.
        """
        ...
