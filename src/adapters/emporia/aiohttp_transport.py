"""aiohttp under httpx: one pool of connections for all accounts, whose cost stays flat."""

from urllib.request import getproxies

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

CONNECTIONS = 100
IDLE_SECONDS = 30.0


def open_transport() -> "EmporiaTransport":
    """The transport of one client; its session begins with the first request."""
    return EmporiaTransport(client=_open_session)


class EmporiaTransport(AiohttpTransport):
    """aiohttp under httpx, with lost connections told apart from slow ones.

    httpx-aiohttp 0.2 reports every connection that breaks as one that timed out.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; raises httpx's errors."""
        try:
            return await super().handle_async_request(request)
        except httpx.ConnectTimeout as error:
            if isinstance(error.__cause__, TimeoutError):
                raise
            raise httpx.ConnectError("the connection broke") from error.__cause__


def _open_session() -> aiohttp.ClientSession:
    """Made with the first request, since it belongs to the event loop that is running then."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS, ssl=httpx.create_ssl_context()
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        # Looking for a proxy costs a sixth of a poll, so it is looked for once.
        trust_env=bool(getproxies()),
    )
    # A request that is sent again behind our back is one that no budget has counted.
    session._retry_connection = False  # noqa: SLF001  # there is no public switch
    return session
