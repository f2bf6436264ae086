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

    async def announce(self) -> int | None:
        """Let the others know that this process has changed something.

        The number of the change, for whoever tells them what it is; None where none is kept.
        """
        ...

    def note(self, number: int) -> None:
        """Know of the change of this number already: it is no news when it is seen."""
        ...

    @property
    def is_blind(self) -> bool:
        """Whether the storage could not be asked at the last look."""
        ...
