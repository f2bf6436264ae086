"""Password hashes that cost nothing and hide nothing."""

from application.ports.accounts.passwords import HasLeft, PasswordHasher, never_leaves
from domain.accounts.callers.turns import STRANGER, Turn
from domain.accounts.users import PlainPassword
from domain.errors import PasswordsBusy


class TransparentPasswordHasher(PasswordHasher):
    """Counts its work, so that a test can tell that an unknown account costs a check as well.

    A hash of another `generation` is outdated, but is still checked. While `busy`, nobody
    may wait. `turns` are those that were taken, the oldest first.
    """

    def __init__(self, *, generation: int = 1) -> None:
        self.hashes_made = 0
        self.checks_made = 0
        self.busy = False
        self.turns: list[Turn] = []
        self._generation = generation

    @property
    def present(self) -> int:
        return 0

    async def hash(
        self, password: PlainPassword, *, turn: Turn = STRANGER, has_left: HasLeft = never_leaves
    ) -> str:
        self._take(turn, has_left)
        self.hashes_made += 1
        return f"generation {self._generation}: {password.value}"

    async def verify(
        self,
        password: PlainPassword,
        password_hash: str | None,
        *,
        turn: Turn = STRANGER,
        has_left: HasLeft = never_leaves,
    ) -> bool:
        self._take(turn, has_left)
        self.checks_made += 1
        return password_hash is not None and password_hash.split(": ", 1)[1:] == [password.value]

    def is_outdated(self, password_hash: str) -> bool:
        return not password_hash.startswith(f"generation {self._generation}: ")

    def _take(self, turn: Turn, has_left: HasLeft) -> None:
        if self.busy or has_left():
            raise PasswordsBusy
        self.turns.append(turn)
