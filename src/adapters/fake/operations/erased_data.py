"""Remains that a test may hold."""

from application.ports.operations.erased_data import ErasedData


class ScriptedErasedData(ErasedData):
    """Is wiped unless `held`."""

    def __init__(self) -> None:
        self.held = False
        self.wipes = 0

    async def wipe(self) -> bool:
        self.wipes += not self.held
        return not self.held
