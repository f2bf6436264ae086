"""Where second factors are kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from domain.accounts.second_factor import SecondFactor
from domain.accounts.users import UserId


class SecondFactors(Protocol):
    """Keeps at most one a user, erased with the user; every method is durable when it returns."""

    async def begin(self, user_id: UserId, secret: str, *, at: datetime) -> bool:
        """Keep a secret, begun then (UTC), that is not on yet; in the place of one that never was.

        False, and nothing is kept, where one is on or the user is gone.
        """
        ...

    async def of_user(self, user_id: UserId) -> SecondFactor | None:
        """The user's second factor, on or not yet; None where there is none."""
        ...

    async def switch_on(
        self, factor: SecondFactor, marks: Collection[bytes], *, at: datetime, step: int
    ) -> bool:
        """Let it be on since then (UTC), with these marks of recovery codes and this step used.

        False, and nothing changes, unless it is as it was read: of this set-up, and not on yet.
        """
        ...

    async def use_step(self, factor: SecondFactor, step: int) -> bool:
        """Use up a step of the clock and all before it; False where it was used up before.

        Of many that try at once exactly one succeeds; none for a factor that is no longer on.
        """
        ...

    async def use_recovery_code(self, user_id: UserId, mark: bytes) -> bool:
        """Use up a recovery code; False where there is none with this mark, or no longer."""
        ...

    async def recovery_codes_left(self, user_id: UserId) -> int:
        """How many are not used up."""
        ...

    async def replace_recovery_codes(self, factor: SecondFactor, marks: Collection[bytes]) -> bool:
        """Put these in the place of all; False where this factor is no longer on."""
        ...

    async def remove(self, user_id: UserId) -> bool:
        """Erase it with its recovery codes; False where there was none that was on."""
        ...
