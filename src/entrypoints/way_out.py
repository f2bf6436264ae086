"""The proxy that the environment names for the way to Emporia.

Connections past a proxy that somebody has asked for would tell Emporia, and whoever watches the
network, what was to stay unknown. So one that can't be used is told at the start.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

NAMES = ("http_proxy", "https_proxy")


def problems_of_proxies(environ: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each that can't be used; its address is not shown, it may hold a password."""
    for name, value in environ.items():
        if name.lower() in NAMES and value.strip() and not _can_be_used(value.strip()):
            yield f"{name}: a proxy has to be given as http://host:port; no other kind can be used."


def _can_be_used(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, half an IPv6 address
        return False
