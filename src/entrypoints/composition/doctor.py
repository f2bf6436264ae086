"""What `doctor` looks at. Nothing of a gateway is opened for it."""

from functools import partial

from adapters.emporia.cloud_checks import CloudCheck
from adapters.pcodec.late_chunk_codec import LateChunkCodec
from adapters.security.keys_check import SealingKeyCheck, TokenSecretCheck
from adapters.sqlite.archive.check import ArchiveCheck
from adapters.sqlite.checks import BudgetCheck, DatabaseCheck, spent_in
from adapters.sqlite.contents import Contents
from adapters.sqlite.link_check import LinkCheck, links_in
from adapters.sqlite.uses_of_secrets import sealed, somebody_logged_in
from adapters.system.clock import SystemClock
from adapters.system.installation_checks import (
    DataFolderCheck,
    LeftoversCheck,
    LockCheck,
    VersionsCheck,
)
from application.operations.examine import Examine
from domain.emporia.links import LinkLife
from entrypoints.composition.storage.database import (
    RestoreCutOff,
    archive_file,
    database_file,
    refuse_cut_off_restore,
)
from entrypoints.composition.storage.looked_at import LookedAt
from entrypoints.composition.storage.secrets import (
    SEALING_KEY,
    TOKEN_SECRET,
    LostFile,
    refuse_lost_data,
)
from entrypoints.settings import Settings


def doctor(settings: Settings) -> Examine:
    """Everything that can be looked at with these settings, in the order of being needed."""
    clock = SystemClock()
    folder, looked_at = settings.data_dir, _looked_at(settings)
    timeout = settings.emporia_total_timeout_seconds
    return Examine(
        checks=(
            VersionsCheck(),
            DataFolderCheck(folder),
            LeftoversCheck(folder),
            LockCheck(folder),
            *looked_at.checks,
            TokenSecretCheck(
                folder / TOKEN_SECRET,
                given=settings.token_secrets,
                used=looked_at.somebody_logged_in,
            ),
            SealingKeyCheck(
                folder / SEALING_KEY,
                given=settings.sealing_keys,
                sealed=looked_at.sealed,
            ),
            LinkCheck(
                looked_at.links,
                life=LinkLife(days=settings.emporia_link_days),
                may_keep_passwords=settings.emporia_keep_password,
                clock=clock,
            ),
            BudgetCheck(
                looked_at.spent, daily_requests=settings.emporia_daily_requests, clock=clock
            ),
            CloudCheck(
                "sign-in",
                url=settings.emporia_cognito_url,
                setting="EMPORIA_COGNITO_URL",
                timeout_seconds=timeout,
                clock=clock,
                looks_at_clock=True,
            ),
            CloudCheck(
                "device API",
                url=settings.emporia_api_url,
                setting="EMPORIA_API_URL",
                timeout_seconds=timeout,
                clock=clock,
            ),
        )
    )


def _looked_at(settings: Settings) -> LookedAt:
    """What can be looked at of the database."""
    if settings.database_url:
        from entrypoints.composition.storage import postgresql_doctor

        return postgresql_doctor.looked_at(settings, refused=partial(_refused, settings))
    database = database_file(settings)
    return LookedAt(
        checks=(
            DatabaseCheck(database, refused=partial(_refused, settings)),
            ArchiveCheck(
                archive_file(settings),
                is_recorded=settings.recorder,
                runs=lambda sealed: LateChunkCodec().runs(sealed),
            ),
        ),
        somebody_logged_in=partial(somebody_logged_in, database),
        sealed=partial(sealed, database),
        links=partial(links_in, database),
        spent=partial(spent_in, database),
    )


def _refused(settings: Settings, contents: Contents) -> str:
    """Why a start would refuse to work on what is there; empty where it would not."""
    try:
        refuse_cut_off_restore(settings)
        refuse_lost_data(settings, contents)
    except (RestoreCutOff, LostFile) as refusal:
        return str(refusal)
    return ""
