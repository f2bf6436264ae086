"""Files of a utility by script."""

from collections.abc import AsyncIterable
from pathlib import Path

from application.ports.archive.import_files import UploadedFiles
from application.ports.billing.utility_files import UtilityFiles
from domain.billing.utility.readings import UtilityReadings


class ScriptedUtilityFiles(UtilityFiles):
    """Every file tells `readings`."""

    def __init__(self, readings: UtilityReadings) -> None:
        self.readings = readings

    def read(self, file: Path) -> UtilityReadings:
        """Whatever the file."""
        return self.readings


class InMemoryUtilityUploads(UploadedFiles[Path]):
    """Takes what is sent, and keeps its name for as long as it is not dropped."""

    def __init__(self) -> None:
        self.kept: list[Path] = []

    async def keep(self, parts: AsyncIterable[bytes], *, expected: int | None) -> Path:
        """See the port."""
        async for _ in parts:
            pass
        path = Path(f"upload-{len(self.kept)}")
        self.kept.append(path)
        return path

    async def drop(self, file: Path) -> None:
        """See the port."""
        self.kept.remove(file)

    async def clear(self) -> None:
        """See the port."""
        self.kept.clear()
