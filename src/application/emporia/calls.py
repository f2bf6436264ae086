"""One way to ask Emporia: within the budget, with a fresh token, again where that is safe."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from application.emporia.request_budgets import RequestBudgets
from application.emporia.sessions import EmporiaSessions
from application.ports.clock import Clock
from application.ports.randomness import Randomness
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens
from domain.emporia.request_budget import Purpose
from domain.errors import EmporiaTokenRefused, EmporiaUnavailable

Answer = TypeVar("Answer")

READ_ATTEMPTS = 3
LONGEST_PATIENCE_SECONDS = 2.0


class EmporiaCalls:
    """Sends requests to the device API on behalf of a link.

    Everything asked here is a read, so a failed request may be sent again. A poll is not: the
    feed's next poll is its retry.
    """

    def __init__(
        self,
        *,
        sessions: EmporiaSessions,
        budgets: RequestBudgets,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._sessions = sessions
        self._budgets = budgets
        self._clock = clock
        self._randomness = randomness
        self._held_until: dict[AccountId, datetime] = {}

    async def __call__(
        self,
        link: EmporiaLink,
        purpose: Purpose,
        request: Callable[[EmporiaTokens], Awaitable[Answer]],
    ) -> Answer:
        """Send the request, once more after a 401, a few times while the cloud is unavailable.

        A `Retry-After` holds back every later request of the account, and is worth waiting for
        only when it is short. Raises LinkDead, NotLinked, BudgetSpent or an EmporiaError.
        """
        attempts = READ_ATTEMPTS if purpose is Purpose.READ else 1
        for attempt in range(1, attempts):
            try:
                return await self._ask(link, purpose, request)
            except EmporiaUnavailable as failure:
                pause = failure.retry_after_seconds or self._backoff_seconds(attempt)
                if pause > LONGEST_PATIENCE_SECONDS:
                    raise
                await self._clock.sleep(pause)
        return await self._ask(link, purpose, request)

    async def _ask(
        self,
        link: EmporiaLink,
        purpose: Purpose,
        request: Callable[[EmporiaTokens], Awaitable[Answer]],
    ) -> Answer:
        tokens = await self._sessions.tokens(link)
        try:
            return await self._send(link.account, purpose, tokens, request)
        except EmporiaTokenRefused:
            renewed = await self._sessions.renew(link.with_tokens(tokens))
        try:
            return await self._send(link.account, purpose, renewed, request)
        except EmporiaTokenRefused:
            # Emporia answers 401 now and then to tokens that are good: that is an outage.
            raise EmporiaUnavailable from None

    async def _send(
        self,
        account: AccountId,
        purpose: Purpose,
        tokens: EmporiaTokens,
        request: Callable[[EmporiaTokens], Awaitable[Answer]],
    ) -> Answer:
        held_until = self._held_until.get(account)
        if held_until is not None and (now := self._clock.now()) < held_until:
            raise EmporiaUnavailable(retry_after_seconds=(held_until - now).total_seconds())
        await self._budgets.take(account, purpose)
        try:
            return await request(tokens)
        except EmporiaUnavailable as failure:
            if failure.retry_after_seconds is not None:
                pause = timedelta(seconds=failure.retry_after_seconds)
                self._held_until[account] = self._clock.now() + pause
            raise

    def _backoff_seconds(self, attempt: int) -> float:
        """A quarter second, doubled with each attempt, give or take half."""
        return float(0.25 * 2 ** (attempt - 1) * (0.5 + self._randomness.fraction()))
