"""Who asks Emporia: every request that leaves a gateway, by what it was for."""

from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from domain.emporia.cloud.budget_shares import Purpose
from entrypoints.composition import Container

ASKERS = ("stream", "read", "devices", "refresh")
"""Polls for streams, reads, device lists for either, and new tokens from Amazon's user pool."""


def count_askers(container: Container) -> Counter[str]:
    """A count that goes on by itself from here on, one of `ASKERS` for each request."""
    asked: Counter[str] = Counter()
    purpose: ContextVar[Purpose] = ContextVar("purpose")
    budgets: Any = container.budgets()
    gateway: Any = container.emporia_gateway()
    pool: Any = container.emporia_user_pool()
    take = budgets.take

    async def take_for(account: Any, wanted: Purpose) -> None:
        await take(account, wanted)
        purpose.set(wanted)

    def counting(
        ask: Callable[..., Awaitable[Any]], who: Callable[[], str]
    ) -> Callable[..., Awaitable[Any]]:
        async def counted(*args: Any, **kwargs: Any) -> Any:
            asked[who()] += 1
            return await ask(*args, **kwargs)

        return counted

    budgets.take = take_for
    gateway.usages = counting(gateway.usages, lambda: _asker(purpose.get()))
    gateway.chart = counting(gateway.chart, lambda: "read")
    gateway.customer = counting(gateway.customer, lambda: "devices")
    pool.refresh = counting(pool.refresh, lambda: "refresh")
    return asked


def _asker(purpose: Purpose) -> str:
    return "stream" if purpose is Purpose.STREAM else "read"
