"""Where links to Emporia accounts are kept."""

from collections.abc import Sequence
from typing import Protocol

from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink


class EmporiaLinkRepository(Protocol):
    """Keeps at most one link a user, its tokens sealed.

    A link whose tokens can't be unsealed (another key, a row moved to another user) is read as
    a dead one.
    """

    async def save(self, link: EmporiaLink) -> None:
        """Keep the link in place of the user's former one; raises UserNotFound when they left."""
        ...

    async def replace_tokens(self, link: EmporiaLink) -> bool:
        """Keep the tokens (None: dead) of a link that is still the user's.

        False, and nothing is kept, when the user has unlinked or linked anew since.
        """
        ...

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        """The user's link, dead or alive."""
        ...

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        """Every link to this account, dead or alive, the oldest first."""
        ...

    async def account_of(self, subject: str) -> AccountId | None:
        """The account that this subject of Emporia's user pool has ever been linked to."""
        ...

    async def remove(self, user_id: UserId) -> None:
        """Erase the user's link and its tokens; does nothing when there is none."""
        ...
