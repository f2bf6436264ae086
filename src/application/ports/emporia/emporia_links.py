"""Where links to Emporia accounts are kept."""

from collections.abc import Sequence
from typing import Protocol

from application.ports.emporia.leases import Fence
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens


class EmporiaLinkRepository(Protocol):
    """Keeps at most one link a user, its tokens and its password, where it has one, sealed.

    A link whose tokens can't be unsealed (another key, a row moved to another user) is read as
    a dead one.
    """

    async def save(self, link: EmporiaLink, *, password: str | None = None) -> None:
        """Keep the link, and the password if one is given, in place of the user's former ones.

        Whether it `keeps_password` follows from that. Raises UserNotFound when they left.
        """
        ...

    async def replace_tokens(
        self,
        link: EmporiaLink,
        *,
        instead_of: EmporiaTokens | None = None,
        fence: Fence | None = None,
    ) -> bool:
        """Keep the tokens (None: dead) of a link that is still the user's, and when it signed in.

        The password is erased where the link keeps none. False, and nothing is changed, when the
        user has unlinked or linked anew since, or the tokens are no longer those that these are
        `instead_of`, where that is told. Raises LeaseLost where `fence` is no longer the newest of
        the account.
        """
        ...

    async def password_of(self, link: EmporiaLink) -> str | None:
        """The password that is kept for a link; None without one that can be unsealed."""
        ...

    async def forget_passwords(self) -> int:
        """Erase every password that is kept; how many there were."""
        ...

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        """The user's link, dead or alive."""
        ...

    async def of_user_anew(self, user_id: UserId) -> EmporiaLink | None:
        """As `of_user`, whatever is remembered: another node may have renewed its tokens."""
        ...

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        """Every link to this account, dead or alive, the oldest first."""
        ...

    async def accounts(self) -> Sequence[AccountId]:
        """Every account that anybody has linked, dead or alive."""
        ...

    async def account_of(self, subject: str) -> AccountId | None:
        """The account that this subject of Emporia's user pool was linked to last.

        Nothing of it is kept once no link of the subject is; that it is remembered for as long as
        the process lives is no fault.
        """
        ...

    async def remove(self, user_id: UserId) -> None:
        """Erase the user's link, tokens and password; does nothing when there is none."""
        ...
