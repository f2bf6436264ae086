"""How processes on the same storage hear of each other's changes."""

from typing import Protocol


class ForeignChanges(Protocol):
    """Tells whether another process, such as an operator's command, has changed anything."""

    async def happened(self) -> bool:
        """Whether anything may have been changed elsewhere since the last look; never raises.

        The first look says no. While the storage can't be asked nothing is known: that is a no,
        and the next answer a yes.
        """
        ...

    async def announce(self) -> None:
        """Let the others know that this process has changed something."""
        ...
