"""The database of DATABASE_URL at a start: looked at, brought up to date, and had alone. Blocks.

Loaded where PostgreSQL is named.
"""

import signal
from contextlib import AbstractContextManager

from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgresql import migrate as steps
from adapters.postgresql.engine import shown
from adapters.postgresql.faults import DatabaseUnusable
from adapters.postgresql.upkeep import contents as stored
from adapters.postgresql.upkeep.only_gateway import only_gateway
from adapters.sqlite.archive.contents import ArchiveContents
from adapters.sqlite.contents import Contents
from entrypoints.settings import Settings


class CopyCutOff(Exception):
    """A copy ended half way; the sentence says what to do."""


def has_tables(settings: Settings) -> bool:
    """Whether a gateway has ever run on it; raises DatabaseUnusable."""
    return steps.version(settings.database_url) is not None


def migrate(settings: Settings) -> None:
    """Bring it to the newest tables, and see that they are all there.

    Raises DatabaseUnusable, DatabaseNewer or CopyCutOff.
    """
    _refuse_cut_off_copy(settings)
    make_tables(settings)


def make_tables(settings: Settings) -> None:
    """The same, whether or not what was copied is complete."""

    async def bring_up_to_date(connection: AsyncConnection) -> str:
        await steps.bring_up_to_date(connection)
        return await stored.lacking(connection)

    _refuse_lack(settings, steps.at_once(settings.database_url, bring_up_to_date))


def contents(settings: Settings) -> Contents:
    """What is in there; raises DatabaseUnusable or DatabaseNewer."""
    _refuse_cut_off_copy(settings)
    found = steps.at_once(settings.database_url, stored.contents_of)
    steps.refuse_newer(found.version)
    return found


def look_through(settings: Settings) -> tuple[Contents, ArchiveContents]:
    """What is in there, every table and column of which was looked for.

    Raises DatabaseUnusable or DatabaseNewer.
    """

    async def look(connection: AsyncConnection) -> tuple[Contents, ArchiveContents, str]:
        found = await stored.contents_of(connection)
        steps.refuse_newer(found.version)
        lacking = await stored.lacking(connection) if found.version == steps.HEAD else ""
        if lacking or found.version != steps.HEAD:
            return found, ArchiveContents(), lacking
        return found, await stored.archive_contents_of(connection), lacking

    found, archive, lacking = steps.at_once(settings.database_url, look)
    _refuse_lack(settings, lacking)
    return found, archive


def alone(
    settings: Settings, *, patience_seconds: float, is_joined: bool
) -> AbstractContextManager[None]:
    """Be its only gateway while entered, or `is_joined` one of those that NATS joins.

    The process is asked to stop where that is lost.

    Raises DatabaseTaken or DatabaseUnusable.
    """
    return only_gateway(
        settings.database_url,
        patience_seconds=patience_seconds,
        is_joined=is_joined,
        on_loss=lambda: signal.raise_signal(signal.SIGTERM),
    )


def _refuse_lack(settings: Settings, lacking: str) -> None:
    if lacking:
        raise DatabaseUnusable(
            f"{shown(settings.database_url)} lacks {lacking}, which was there; restore it from a "
            "backup."
        )


def _refuse_cut_off_copy(settings: Settings) -> None:
    """Work on no database that holds part of another alone; raises CopyCutOff."""
    source = steps.at_once(settings.database_url, stored.unfinished_copy_of)
    if source is not None:
        raise CopyCutOff(
            f"A copy into {shown(settings.database_url, within=True)} was cut off; run it again: "
            f"emporia-api migrate --copy-from sqlite:///{source}"
        )
