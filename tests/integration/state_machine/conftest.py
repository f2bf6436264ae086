"""A gateway for clients that block: it runs in a thread, with an event loop of its own."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from dependency_injector import providers

from adapters.fake.accounts.refusals import ForgottenRefusals
from entrypoints.composition import SimulatorOptions


@pytest.fixture
def running_stage(stages) -> Iterator[Any]:
    """Its stage. Wrong passwords make nobody wait, and lock nobody out of the simulated cloud."""
    ready: Future[Any] = Future()
    over = threading.Event()

    async def hold() -> None:
        async with stages(
            simulator=SimulatorOptions(failures_before_lockout=1_000_000),
            account_calls_per_minute=1_000_000,
        ) as stage:
            for refusals in (stage.container.wrong_passwords, stage.container.refused_sign_ins):
                refusals.override(providers.Object(ForgottenRefusals()))
            ready.set_result(stage)
            await asyncio.to_thread(over.wait)

    with ThreadPoolExecutor(max_workers=1) as threads:
        holder = threads.submit(asyncio.run, hold())
        either: list[Future[Any]] = [holder, ready]
        wait(either, return_when=FIRST_COMPLETED)
        if holder.done():
            holder.result()
        yield ready.result()
        over.set()
        holder.result()


@pytest.fixture
def gateway_url(running_stage) -> str:
    """Where it is to be had."""
    url: str = running_stage.url
    return url
