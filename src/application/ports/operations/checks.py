"""What can be looked at of an installation."""

from collections.abc import Sequence
from typing import Protocol

from domain.operations.findings import Finding


class Check(Protocol):
    """Looks at one thing and changes nothing: it makes no file, no folder and no secret."""

    @property
    def about(self) -> str:
        """What is looked at, in a word or two."""
        ...

    async def look(self) -> Sequence[Finding]:
        """What is found; may take as long as the cloud may take to answer.

        Raises OSError or anything else where looking itself breaks.
        """
        ...
