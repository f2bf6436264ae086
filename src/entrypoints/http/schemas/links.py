"""What travels over HTTP about the link to Emporia."""

from msgspec import Struct

from application.emporia.read_link import LinkReport
from application.emporia.read_link import LinkState as State
from domain.instants import format_instant
from entrypoints.http.schemas.contract import Instant


class LinkState(Struct, rename="camel"):
    """A link; `endsAt` is an estimate, and null where Emporia takes the link no more."""

    emporia_username: str
    linked_at: Instant
    ends_at: Instant | None
    ends_soon: bool
    keeps_password: bool

    @classmethod
    def of(cls, link: State) -> "LinkState":
        """Show how a link stands."""
        return cls(
            emporia_username=link.emporia_username,
            linked_at=format_instant(link.linked_at),
            ends_at=None if link.ends_at is None else format_instant(link.ends_at),
            ends_soon=link.ends_soon,
            keeps_password=link.keeps_password,
        )


class LinkAnswer(Struct, rename="camel"):
    """The link, null without one, and whether the gateway may keep the password of the next."""

    link: LinkState | None
    may_keep_password: bool

    @classmethod
    def of(cls, report: LinkReport) -> "LinkAnswer":
        """Show a report."""
        link = None if report.link is None else LinkState.of(report.link)
        return cls(link=link, may_keep_password=report.may_keep_password)
