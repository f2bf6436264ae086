"""Pages of other sites change nothing here, unless the operator named their origin.

A browser lets any page send a simple POST to any address, this one's included. It says so in
`Sec-Fetch-Site`; over plain HTTP to another machine it does not, and `Origin` has to tell.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Middleware, Receive, Scope, Send

from entrypoints.failures.codes import CROSS_SITE
from entrypoints.http.answers.errors import Refusal
from entrypoints.proxies import FORWARDED_HOST

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN_SITES = frozenset({"same-origin", "none"})
"""What `Sec-Fetch-Site` says of our own pages, and of what a person started themselves."""

DEFAULT_PORTS = {"http": 80, "https": 443}
READ = frozenset({b"host", b"origin", b"sec-fetch-site"})


def cross_site_guard(allowed_origins: Collection[str]) -> Middleware:
    """Refuse what another site's page wants to change; who is no browser is not asked."""

    def guarded(app: ASGIApp) -> ASGIApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            if (
                scope["type"] == ScopeType.HTTP
                and scope["method"] in CHANGING
                and _is_of_another_site(scope, allowed_origins)
            ):
                raise Refusal(CROSS_SITE)
            await app(scope, receive, send)

        return handle

    return guarded


def _is_of_another_site(scope: HTTPScope, allowed_origins: Collection[str]) -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"] if name in READ}
    origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site")
    if origin is not None and ("*" in allowed_origins or origin in allowed_origins):
        return False
    if site is not None:
        return site not in OWN_SITES
    if origin is None:
        return False
    hosts = (headers.get(b"host"), scope.get("state", {}).get(FORWARDED_HOST))
    return not any(_is_host_of(origin, host) for host in hosts if host)


def _is_host_of(origin: str, host: str) -> bool:
    """Whether the origin's host and port are these; a port left out is its scheme's own."""
    try:
        theirs, ours = urlsplit(origin), urlsplit(f"//{host}")
        ports = theirs.port, ours.port
    except ValueError:  # the port is no number, or a bracket is missing
        return False
    default = DEFAULT_PORTS.get(theirs.scheme)
    same_port = (ports[0] or default) == (ports[1] or default)
    return theirs.hostname is not None and theirs.hostname == ours.hostname and same_port
