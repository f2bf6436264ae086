"""The other end of a request: where it is, and whether it is still there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from litestar.types import HTTPScope, Receive, Scope

from application.ports.accounts.passwords import HasLeft
from domain.accounts.callers.networks import Network, network_of
from entrypoints.http.answers.errors import AnyRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who waits for an answer."""

    network: Network
    has_left: HasLeft


def network_in(scope: Scope | HTTPScope) -> Network:
    """Where a request comes from."""
    client = scope["client"]
    return network_of(client[0] if client else "")


@asynccontextmanager
async def visiting(request: AnyRequest) -> AsyncIterator[Visitor]:
    """Notice when the caller hangs up; only for handlers whose body has been read."""
    departure = asyncio.create_task(_departure(request.receive), name="departure of a caller")
    try:
        yield Visitor(network=network_in(request.scope), has_left=departure.done)
    finally:
        departure.cancel()
        await asyncio.gather(departure, return_exceptions=True)


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
