"""The HTTP client for Emporia's cloud: one pool of connections for all accounts.

httpx's own pool looks through every connection for each request, so that its cost grows with the
square of the accounts polled; aiohttp's does not. The client keeps httpx's interface.
"""

from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.request import getproxies

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

USER_AGENT = "emporia-energy-api"
CONNECTIONS = 100
IDLE_SECONDS = 30.0


def open_client(
    *,
    connect_timeout_seconds: float,
    read_timeout_seconds: float,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Open a client that never retries, follows no redirect and keeps no cookie.

    The operator's proxy and certificate settings in the environment hold, as they do for the
    sign-in, which goes through botocore. Close it with `aclose`.
    """
    return httpx.AsyncClient(
        timeout=httpx.Timeout(read_timeout_seconds, connect=connect_timeout_seconds),
        follow_redirects=False,
        headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
        cookies=_no_cookies(),
        transport=transport or EmporiaTransport(client=_open_session),
    )


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


def _no_cookies() -> CookieJar:
    """A jar that takes nothing: what one account's answer sets must not reach another's call."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
