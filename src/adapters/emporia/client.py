"""The HTTP client for Emporia's cloud: one pool of connections for all accounts."""

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

USER_AGENT = "emporia-energy-api"


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
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30),
        follow_redirects=False,
        headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
        cookies=_no_cookies(),
        transport=transport,
    )


def _no_cookies() -> CookieJar:
    """A jar that takes nothing: what one account's answer sets must not reach another's call."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
