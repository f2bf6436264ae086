"""One way to ask Emporia: within the budget, with a fresh token, and only where it may answer."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from application.emporia.cloud.gates import Permit
from application.emporia.cloud.outages import Asker, HistoryOf, Outages
from application.emporia.cloud.read_shares import ReadShares
from application.emporia.cloud.request_budgets import RequestBudgets
from application.emporia.cloud.sessions import EmporiaSessions
from application.ports.clock import Clock
from domain.emporia.cloud.breaker import Trouble
from domain.emporia.cloud.budget_shares import OF_CHARTS, OF_ONE_USER, TRIED_ONCE, Purpose
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens
from domain.errors import (
    EmporiaError,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

Answer = TypeVar("Answer")

LONGEST_PATIENCE_SECONDS = 2.0

REFUSED_WHILE_FRESH = timedelta(minutes=15)
"""Tokens younger than this that Emporia refuses are not worth a refresh once others were refused.
"""

OUTAGES = (EmporiaUnavailable, EmporiaTimedOut, EmporiaUnreadable)


class EmporiaCalls:
    """Sends requests to the device API on behalf of a link.

    Everything asked here is a read, so a failed request may be sent again, once the breaker lets
    it pass. A poll is not waited for: the feed's next poll is its retry.
    """

    def __init__(
        self,
        *,
        sessions: EmporiaSessions,
        budgets: RequestBudgets,
        shares: ReadShares,
        outages: Outages,
        clock: Clock,
    ) -> None:
        self._sessions = sessions
        self._budgets = budgets
        self._shares = shares
        self._outages = outages
        self._clock = clock
        self._second_tries: defaultdict[AccountId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __call__(
        self,
        link: EmporiaLink,
        purpose: Purpose,
        request: Callable[[EmporiaTokens], Awaitable[Answer]],
    ) -> Answer:
        """Send the request, once more after a 401, and again after short failures.

        In a known outage nothing is sent but one probe after each pause, and everybody else is
        told at once. Raises LinkDead, NotLinked, BudgetSpent, StorageBusy or an EmporiaError; an
        outage knows after how many seconds to ask again.
        """
        asker = _asker(link.account, purpose)
        impatient_from = self._clock.monotonic() + LONGEST_PATIENCE_SECONDS
        while True:
            # In a known outage one host is asked at a time, so that it costs no more than one.
            ahead = not await self._outages.is_known(asker)
            tokens = await self._sessions.tokens(link, ahead=ahead)
            try:
                return await self._ask(link.with_tokens(tokens), asker, tokens, purpose, request)
            except EmporiaUnavailable as failure:
                pause = failure.retry_after_seconds or LONGEST_PATIENCE_SECONDS
                if (
                    purpose in TRIED_ONCE
                    or pause > LONGEST_PATIENCE_SECONDS
                    or self._clock.monotonic() >= impatient_from
                    or await self._outages.is_known(asker)
                ):
                    raise
                await self._clock.sleep(pause)

    async def are_failing(self, account: AccountId) -> bool:
        """Whether what streams need failed when it was asked for last."""
        return await self._outages.is_failing(account)

    async def _ask(
        self,
        link: EmporiaLink,
        asker: Asker,
        tokens: EmporiaTokens,
        purpose: Purpose,
        request: Callable[[EmporiaTokens], Awaitable[Answer]],
    ) -> Answer:
        permit = await self._outages.begin(asker)
        try:
            try:
                return await self._send(link, asker, permit, purpose, tokens, request)
            except EmporiaTokenRefused as refusal:
                renewed = await self._renew(link, asker, tokens, permit, refusal)
            # One after the other: where fresh tokens are refused too, the first finds that out.
            async with self._second_tries[link.account]:
                await self._outages.require_no_newer_failure(asker, permit)
                try:
                    return await self._send(link, asker, permit, purpose, renewed, request)
                except EmporiaTokenRefused as refusal:
                    raise await self._fail(asker, permit, refusal) from None
        finally:
            await self._outages.give_up(permit)

    async def _renew(
        self,
        link: EmporiaLink,
        asker: Asker,
        refused: EmporiaTokens,
        permit: Permit,
        refusal: EmporiaTokenRefused,
    ) -> EmporiaTokens:
        """Tokens for a second try. Where fresh ones were refused before, the next probe tries them.

        Emporia answers 401 now and then to tokens that are good: that is an outage.
        """
        is_known = permit.probed is Trouble.SESSION_REFUSED
        if is_known and self._clock.now() - refused.issued_at < REFUSED_WHILE_FRESH:
            raise await self._fail(asker, permit, refusal)
        try:
            renewed = await self._sessions.renew(link)
        except OUTAGES:
            raise await self._fail(asker, permit, refusal) from None
        if is_known:
            raise await self._fail(asker, permit, refusal)
        return renewed

    async def _send(
        self,
        link: EmporiaLink,
        asker: Asker,
        permit: Permit,
        purpose: Purpose,
        tokens: EmporiaTokens,
        request: Callable[[EmporiaTokens], Awaitable[Answer]],
    ) -> Answer:
        await self._count(link, purpose)
        try:
            answer = await request(tokens)
        except OUTAGES as failure:
            raise await self._fail(asker, permit, failure) from failure
        except EmporiaTokenRefused:
            raise
        except EmporiaError:
            await self._outages.succeed(asker, permit)
            raise
        await self._outages.succeed(asker, permit)
        return answer

    async def _count(self, link: EmporiaLink, purpose: Purpose) -> None:
        """Count a request of the account, and of a user whose question is theirs alone."""
        if purpose not in OF_ONE_USER:
            await self._budgets.take(link.account, purpose)
            return
        await self._shares.take(link)
        try:
            await self._budgets.take(link.account, purpose)
        except Exception:
            self._shares.undo(link)
            raise

    async def _fail(self, asker: Asker, permit: Permit, failure: EmporiaError) -> EmporiaError:
        return await self._outages.fail(asker, permit, Trouble.of(failure), failure)


def _asker(account: AccountId, purpose: Purpose) -> Asker:
    """Whose failures count: what is asked for histories says nothing of what streams need."""
    return HistoryOf(account) if purpose in OF_CHARTS else account
