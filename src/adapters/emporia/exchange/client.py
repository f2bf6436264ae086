"""The HTTP client for Emporia's cloud: one pool of connections for all accounts.

httpx's own pool looks through every connection for each request, so that its cost grows with the
square of the accounts polled; ours does not. The client keeps httpx's interface.
"""

import asyncio
from collections.abc import Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.request import getproxies

import httpx

from adapters.emporia.exchange.authorities import trusting
from adapters.emporia.exchange.bodies import ACCEPTED_ENCODING

USER_AGENT = "emporia-energy-api"


def open_client(
    *,
    connect_timeout_seconds: float,
    read_timeout_seconds: float,
    ca_files: Sequence[Path] = (),
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Open a client that never retries, follows no redirect and keeps no cookie.

    Everything that is asked of Emporia's cloud goes through it, the sign-in too. The operator's
    proxy and certificate settings in the environment hold; `ca_files` (PEM) hold authorities that
    are trusted beside the usual ones. Close it with `aclose`.
    """
    return PlainClient(
        transport or LateTransport(ca_files=ca_files),
        timeout=httpx.Timeout(read_timeout_seconds, connect=connect_timeout_seconds),
        follow_redirects=False,
        headers={
            "User-Agent": USER_AGENT,
            "Accept": "application/json",
            "Accept-Encoding": ACCEPTED_ENCODING,
        },
        cookies=_no_cookies(),
    )


class PlainClient(httpx.AsyncClient):
    """Hands each request to its transport as it is.

    What httpx does around it, for redirects, cookies and sign-ins, is switched off here anyway, and
    is an eighth of what a poll costs.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport, **options: Any) -> None:
        super().__init__(transport=transport, **options)
        self._straight = transport

    async def send(
        self, request: httpx.Request, *, stream: bool = False, **_: object
    ) -> httpx.Response:
        """Send one request; raises httpx's errors."""
        response = await self._straight.handle_async_request(request)
        response.request = request
        if not stream:
            try:
                await response.aread()
            except BaseException:
                await response.aclose()  # else its connection would be counted for ever
                raise
        return response


class LateTransport(httpx.AsyncBaseTransport):
    """The transport, loaded with the first request, for which a start need not wait.

    Certificates, and aiohttp where there is a proxy, take a thread: nobody's frame waits for them.
    """

    def __init__(self, *, ca_files: Sequence[Path] = ()) -> None:
        self._ca_files = ca_files
        self._loading: asyncio.Task[httpx.AsyncBaseTransport] | None = None
        self._loaded: httpx.AsyncBaseTransport | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; raises httpx's errors."""
        if self._loaded is None:
            self._loaded = await self._load()
        return await self._loaded.handle_async_request(request)

    async def aclose(self) -> None:
        """Give the connections back, if there are any."""
        if self._loading is not None:
            await (await self._loading).aclose()

    async def _load(self) -> httpx.AsyncBaseTransport:
        """Loaded once, however many ask first; what fails is tried anew by whoever asks next."""
        loading = self._loading
        if loading is None:
            loading = self._loading = asyncio.create_task(
                asyncio.to_thread(_load, self._ca_files), name="load transport"
            )
        try:
            return await asyncio.shield(loading)
        except OSError as error:
            if self._loading is loading:
                self._loading = None
            raise httpx.ConnectError("no certificates can be read") from error


def _load(ca_files: Sequence[Path]) -> httpx.AsyncBaseTransport:
    """Our own connections; through a proxy aiohttp's, which knows how to talk with one."""
    if getproxies().keys() & {"http", "https"}:  # no other name is looked at there either
        from adapters.emporia.exchange.aiohttp_transport import open_transport

        return open_transport(ca_files=ca_files)
    from adapters.emporia.exchange.wire_transport import WireTransport

    return WireTransport(trusting(ca_files))


def _no_cookies() -> CookieJar:
    """A jar that takes nothing: what one account's answer sets must not reach another's call."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
