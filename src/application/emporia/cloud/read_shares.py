"""A fair part of each account's budget for each of its users, in memory."""

from dataclasses import dataclass, field

from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink
from domain.emporia.read_share import ReadShare, share_of

Sharer = tuple[AccountId, UserId]


@dataclass(slots=True, kw_only=True, eq=False)
class ReadShares:
    """Lets no user take more than their part while others have the account linked.

    A user alone may take the whole budget; it is counted all the same, for others may come.
    """

    links: EmporiaLinkRepository
    clock: Clock
    daily_requests: int
    shares: dict[Sharer, ReadShare] = field(default_factory=dict)

    async def require(self, link: EmporiaLink, requests: int) -> None:
        """Raise BudgetSpent or InvalidInput where so many do not fit, before the first leaves."""
        users = {each.user_id for each in await self._live(link.account)} | {link.user_id}
        if self.daily_requests and len(users) > 1:
            most = share_of(self.daily_requests, users=len(users))
            self._share(link).require(requests, most=most, now=self.clock.monotonic())

    async def take(self, link: EmporiaLink) -> None:
        """Count a request that is about to leave; raises BudgetSpent when it may not."""
        await self.require(link, 1)
        if self.daily_requests:
            self._share(link).take(self.clock.monotonic())

    def undo(self, link: EmporiaLink) -> None:
        """Take back a request that did not leave after all."""
        self._share(link).undo()

    def _share(self, link: EmporiaLink) -> ReadShare:
        sharer = (link.account, link.user_id)
        if sharer not in self.shares:
            self._forget_unspent()
            self.shares[sharer] = ReadShare()
        return self.shares[sharer]

    def _forget_unspent(self) -> None:
        now = self.clock.monotonic()
        self.shares = {sharer: share for sharer, share in self.shares.items() if share.spent(now)}

    async def _live(self, account: AccountId) -> list[EmporiaLink]:
        return [link for link in await self.links.of_account(account) if not link.is_dead]
