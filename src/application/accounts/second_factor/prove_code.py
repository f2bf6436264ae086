"""Whether somebody has the second factor of an account, and how often they may try."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from application.accounts.access import Caller
from application.ports.accounts.one_time_codes import OneTimeCodes
from application.ports.accounts.refusals import Refusals
from application.ports.accounts.second_factors import SecondFactors
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.callers.actors import Actor
from domain.accounts.errors import (
    SecondFactorNeeded,
    SecondFactorOff,
    SecondFactorPaused,
    SecondFactorWrong,
)
from domain.accounts.events import RecoveryCodeUsed, SecondFactorRefused
from domain.accounts.second_factor import SecondFactor, TypedCode, recovery_mark
from domain.accounts.users import User

Proof = TypeVar("Proof")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveCode:
    """Checks codes, each good once, with a growing pause for each account after wrong ones.

    Nobody is spared the pause: whoever tries codes knows the password already.
    """

    second_factors: SecondFactors
    codes: OneTimeCodes
    refusals: Refusals
    events: Events
    clock: Clock

    async def at_login(self, user: User, code: str | None, *, by: Actor) -> None:
        """Let users without a second factor by; to be asked once the password was right.

        Raises SecondFactorNeeded where there is no code, and else as below.
        """
        factor = await self.second_factors.of_user(user.id)
        if factor is None or not factor.is_on:
            return
        if not code:
            raise SecondFactorNeeded
        await self._prove(factor, TypedCode(code), by)

    async def of_caller(self, caller: Caller, code: str) -> SecondFactor:
        """The caller's second factor, which is on; raises SecondFactorOff where none is.

        Raises SecondFactorWrong for a code that does not fit, SecondFactorPaused after too many.
        """
        factor = await self.second_factors.of_user(caller.user.id)
        if factor is None or not factor.is_on:
            raise SecondFactorOff
        await self._prove(factor, TypedCode(code), caller.actor)
        return factor

    async def of_set_up(self, caller: Caller, factor: SecondFactor, code: str) -> int:
        """The step of a code that shows that the app has the secret of a set-up; raises as above.

        Counted too: whoever has but a token must not guess the code of a set-up that lies there.
        """

        async def step() -> int | None:
            typed, secret = TypedCode(code).value, factor.known_secret()
            return self.codes.step_of(secret, typed, at=self.clock.now())

        return await self._counted(factor, caller.actor, step)

    async def _prove(self, factor: SecondFactor, code: TypedCode, by: Actor) -> None:
        async def proof() -> bool | None:
            return await self._fits(factor, code, by) or None

        await self._counted(factor, by, proof)

    async def _counted(
        self, factor: SecondFactor, by: Actor, look: Callable[[], Awaitable[Proof | None]]
    ) -> Proof:
        """What the look finds; None is a wrong code, which is counted and raised."""
        key = str(factor.user_id)
        pause = await self.refusals.begin(key)
        if pause > 0:
            raise SecondFactorPaused(retry_after_seconds=pause)
        is_wrong = False  # or not looked at, which is no refusal
        try:
            found = await look()
            is_wrong = found is None
        finally:
            await self.refusals.end(key, refused=is_wrong)
        if found is None:
            await self.events.publish(SecondFactorRefused(user_id=factor.user_id, by=by))
            raise SecondFactorWrong
        return found

    async def _fits(self, factor: SecondFactor, code: TypedCode, by: Actor) -> bool:
        if factor.secret is None:
            return False
        if code.is_one_time:
            step = self.codes.step_of(factor.secret, code.value, at=self.clock.now())
            return step is not None and await self.second_factors.use_step(factor, step)
        mark = recovery_mark(factor.secret, code)
        if not await self.second_factors.use_recovery_code(factor.user_id, mark):
            return False
        await self.events.publish(RecoveryCodeUsed(user_id=factor.user_id, by=by))
        return True
