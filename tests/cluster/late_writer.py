"""A node that is stopped between its decision to write and the write, and goes on much later.

`python -m tests.cluster.late_writer budget|archive|tokens ACCOUNT` with a node's environment. It
says `holds` once the account is its, stops itself as if by SIGSTOP, and says what came of the
write when it is continued.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from entrypoints.composition import build_container, join_cluster
from entrypoints.composition.container import Container
from entrypoints.load_settings import load_settings

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def stopped_before(write: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The same write, by a process that is stopped when all is decided."""

    async def late(*given: Any, **how: Any) -> Any:
        os.kill(os.getpid(), signal.SIGSTOP)
        return await write(*given, **how)

    return late


async def count(container: Container, account: AccountId) -> None:
    ledger = container.request_ledger()
    ledger.keep = stopped_before(ledger.keep)  # type: ignore[method-assign, assignment]
    await container.budgets().take(account, Purpose.STREAM)


async def archive(container: Container, account: AccountId) -> None:
    store = container.chunk_store()
    store.put = stopped_before(store.put)  # type: ignore[method-assign, assignment]
    reading = Reading(
        scale=Scale.HOUR,
        start=int(LONG_AGO.timestamp()),
        figures=figures_of([1.0, 2.0]),
        read_at=int(datetime.now(UTC).timestamp()),
    )
    fence = container.leases().fence(account)
    await container.keep_readings()(Series(account, SeriesName(7, "1,2,3")), reading, fence=fence)


async def renew(container: Container, account: AccountId) -> None:
    links = container.emporia_links()
    links.replace_tokens = stopped_before(links.replace_tokens)  # type: ignore[method-assign, assignment]
    (link,) = await links.of_account(account)
    await container.emporia_sessions().renew(link)


WRITES = {"budget": count, "archive": archive, "tokens": renew}


async def main(write: str, account: AccountId) -> None:
    container = build_container(load_settings())
    async with container.resources():
        membership = await join_cluster(container)
        assert membership is not None
        tasks = [asyncio.create_task(work()) for work, _ in membership.works()]
        assert await container.leases().hold(account)
        print("holds", flush=True)  # noqa: T201
        try:
            await WRITES[write](container, account)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told
            print(type(error).__name__, flush=True)  # noqa: T201
        else:
            print("kept", flush=True)  # noqa: T201
        for task in tasks:
            task.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], AccountId(int(sys.argv[2]))))
