"""One node at a time asks Emporia for a link's fresh tokens."""

from typing import Protocol

from domain.accounts.users import UserId


class RenewalTurns(Protocol):
    """Whose turn it is. Alone on its storage, it is always this node's."""

    async def begin(self, user_id: UserId) -> bool:
        """Whether it is this node's turn from now on, until `end`.

        Never raises; where nobody can be asked it is: two that ask at once do no harm.
        """
        ...

    async def end(self, user_id: UserId) -> None:
        """Let others have the turn; does nothing where it is not this node's. Never raises."""
        ...
