"""Files in which a utility tells what its meter counted."""

from pathlib import Path
from typing import Protocol

from domain.billing.utility.readings import UtilityReadings


class UtilityFiles(Protocol):
    """Reads Green Button files."""

    def read(self, file: Path) -> UtilityReadings:
        """The hours that it tells of. Blocks.

        Raises InvalidInput, naming what is wrong, for what is no such file, for one that is too
        large, and for one that defines entities, which files have no use for.
        """
        ...
