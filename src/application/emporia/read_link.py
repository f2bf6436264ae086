"""How the link to Emporia stands, and until when."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from domain.accounts.users import UserId
from domain.emporia.links import LinkLife


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """A link as its user sees it; times are UTC.

    `ends_at` is about when Emporia will take it no more, None where it does not already. Whether
    it `ends_soon` is said of one that lives, in its last five days and past its end.
    """

    emporia_username: str
    linked_at: datetime
    ends_at: datetime | None
    ends_soon: bool
    keeps_password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """The link, None without one, and whether the password may be kept with the next one."""

    link: LinkState | None
    may_keep_password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLink:
    """Tells how a user's link stands; asks Emporia nothing."""

    links: EmporiaLinkRepository
    clock: Clock
    life: LinkLife
    may_keep_passwords: bool

    async def __call__(self, user_id: UserId) -> LinkReport:
        """The report, dead links included."""
        link = await self.links.of_user(user_id)
        state = None
        if link is not None:
            state = LinkState(
                emporia_username=link.emporia_username,
                linked_at=link.linked_at,
                ends_at=None if link.is_dead else self.life.end_after(link.signed_in_at),
                ends_soon=self.life.is_ending(link, self.clock.now()),
                keeps_password=link.keeps_password and self.may_keep_passwords,
            )
        return LinkReport(link=state, may_keep_password=self.may_keep_passwords)
