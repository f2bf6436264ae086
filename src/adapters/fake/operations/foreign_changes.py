"""Changes from outside that a test makes up."""

from application.ports.operations.foreign_changes import ForeignChanges


class ScriptedForeignChanges(ForeignChanges):
    """Says yes once for each time that a test sets `pending`."""

    def __init__(self) -> None:
        self.pending = False
        self.announced = 0
        self.noted: list[int] = []
        self.is_away = False

    @property
    def is_blind(self) -> bool:
        return self.is_away

    async def happened(self) -> bool:
        happened, self.pending = self.pending, False
        return happened

    async def announce(self) -> int | None:
        self.announced += 1
        return self.announced

    def note(self, number: int) -> None:
        self.noted.append(number)
