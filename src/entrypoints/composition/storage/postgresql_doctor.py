"""What `doctor` looks at where DATABASE_URL names PostgreSQL; loaded there alone."""

from collections.abc import Callable
from functools import partial

from adapters.pcodec.late_chunk_codec import LateChunkCodec
from adapters.postgresql.upkeep.checks import (
    PostgresArchiveCheck,
    PostgresDatabaseCheck,
    links_in,
    sealed_in,
    somebody_logged_in,
    spent_in,
)
from adapters.sqlite.contents import Contents
from entrypoints.composition.storage.looked_at import LookedAt
from entrypoints.settings import Settings


def looked_at(settings: Settings, *, refused: Callable[[Contents], str]) -> LookedAt:
    """What can be looked at of the database; `refused` says why a start would not work on it."""
    url = settings.database_url
    return LookedAt(
        checks=(
            PostgresDatabaseCheck(url, refused=refused),
            PostgresArchiveCheck(
                url,
                is_recorded=settings.recorder,
                runs=lambda sealed: LateChunkCodec().runs(sealed),
            ),
        ),
        somebody_logged_in=partial(somebody_logged_in, url),
        sealed=partial(sealed_in, url),
        links=partial(links_in, url),
        spent=partial(spent_in, url),
    )
