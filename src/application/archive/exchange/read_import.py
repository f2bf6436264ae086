"""How an import goes, or how it ended."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.ports.archive.import_board import ImportBoard, ImportStatus
from domain.archive.exchange.errors import ImportUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadImport:
    """Tells everybody of their own."""

    board: ImportBoard

    async def __call__(self, caller: Caller, import_id: str | None = None) -> ImportStatus:
        """That import, without an id the one that was begun last; raises ImportUnknown."""
        user = caller.user.id
        if import_id is None:
            status = self.board.newest(user)
        else:
            status = self.board.of_user(user, import_id)
        if status is None:
            raise ImportUnknown
        return status
