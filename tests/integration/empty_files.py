"""The files of a gateway to begin with: migrated once for a worker, copied for each gateway."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.sqlite.engine import make_private
from entrypoints.composition import has_database, migrate
from entrypoints.composition.storage.database import archive_file, database_file
from entrypoints.settings import Settings

PutEmptyFiles = Callable[[Settings], None]


def _files(settings: Settings) -> tuple[Path, ...]:
    return database_file(settings), archive_file(settings)


@pytest.fixture(scope="session")
def put_empty_files(tmp_path_factory: pytest.TempPathFactory) -> PutEmptyFiles:
    """Puts them where a gateway without any will look, unless it has PostgreSQL."""
    made = Settings(data_dir=tmp_path_factory.mktemp("empty"))
    migrate(made)
    contents = [file.read_bytes() for file in _files(made)]

    def put(settings: Settings) -> None:
        if settings.database_url or has_database(settings):
            return
        for file, content in zip(_files(settings), contents, strict=True):
            if not file.exists():
                make_private(file)
                file.write_bytes(content)

    return put
