"""Refusals that nobody has to wait for."""

from application.ports.accounts.refusals import Refusals


class ForgottenRefusals(Refusals):
    """Forgets at once, for tests of something else than guessing."""

    async def begin(self, key: str) -> float:
        return 0.0

    async def end(self, key: str, *, refused: bool) -> None:
        return
