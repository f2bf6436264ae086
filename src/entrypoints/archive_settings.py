"""What an operator can set about the archive and what is read from it."""

from pydantic import Field

from entrypoints.cluster_settings import ClusterSettings
from entrypoints.setting_words import Switch


class ArchiveSettings(ClusterSettings):
    """What is recorded, how long it is kept, and how much of it one answer holds."""

    recorder: Switch = Field(
        default=True, description="Record every linked account: what Emporia forgets is kept here."
    )
    archive_keep_days_after_unlink: int = Field(
        default=30,
        ge=0,
        le=3650,
        description="How long an archive is kept that nobody has linked any more.",
    )
    history_max_buckets: int = Field(
        default=100_000,
        ge=1,
        le=1_000_000,
        description="The most buckets that one history answer holds, over all its series.",
    )
    history_concurrency: int = Field(
        default=4, ge=1, le=32, description="How many windows of one history are fetched at once."
    )
    import_limit_bytes: int = Field(
        default=200_000_000,
        ge=1024,
        le=10_000_000_000,
        description="The largest file that POST /import takes; it is written to DATA_DIR.",
    )
