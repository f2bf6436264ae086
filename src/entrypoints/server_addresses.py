"""Addresses of servers that an operator names, which may hold secrets: no sentence quotes them."""

from collections.abc import Iterator, Mapping
from typing import Annotated
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator

POSTGRESQL = "postgresql+asyncpg"
POSTGRESQL_SCHEMES = frozenset({POSTGRESQL, "postgresql", "postgres"})
OF_POSTGRESQL = frozenset({"host", "ssl"})
SSL_WORDS = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
NATS_SCHEMES = frozenset({"nats", "tls"})
PROXIES = frozenset({"http_proxy", "https_proxy"})


def _listed(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(item.strip() for item in value.split(",") if item.strip())


def _nats_servers(values: tuple[str, ...]) -> tuple[str, ...]:
    for place, value in enumerate(values, start=1):
        if not _is_nats_server(value):
            raise ValueError(f"server {place} is not an address such as nats://localhost:4222.")
    return values


def _is_nats_server(value: str) -> bool:
    try:
        parts = urlsplit(value)
        is_named = _is_host(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_alone = parts.path in {"", "/"} and not parts.query and not parts.fragment
    return is_named and is_alone and parts.scheme in NATS_SCHEMES


def _database(value: str) -> str:
    address = value.strip()
    if address and not _is_postgresql(address):
        raise ValueError(
            "not the address of a PostgreSQL database, such as "
            "postgresql+asyncpg://user:password@host/database; empty is SQLite in DATA_DIR."
        )
    scheme, mark, rest = address.partition("://")
    return f"{POSTGRESQL}{mark}{rest}" if scheme else ""


def _is_postgresql(value: str) -> bool:
    try:
        parts = urlsplit(value)
        query = parse_qs(parts.query, strict_parsing=bool(parts.query))
        is_named = (_is_host(parts.hostname) or "host" in query) and parts.port != 0
    except ValueError:
        return False
    # An @ of the password is %40: else each reader finds the host somewhere else.
    is_one = parts.netloc.count("@") <= 1 and parts.path.count("/") == 1 and not parts.fragment
    is_known = query.keys() <= OF_POSTGRESQL and SSL_WORDS.issuperset(query.get("ssl", ()))
    is_there = bool(parts.path.strip("/")) and "\0" not in unquote(value)
    return parts.scheme in POSTGRESQL_SCHEMES and is_named and is_one and is_there and is_known


def _is_host(name: str | None) -> bool:
    """Whether it can be looked up; raises ValueError where a part of it is too long."""
    return bool(name and name.encode("idna"))


DatabaseUrl = Annotated[str, AfterValidator(_database)]
NatsServers = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_nats_servers)]


def problems_of_proxies(environ: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each proxy in the environment that can't be used on the way to Emporia.

    Emporia would be asked past it, and whoever asked for a proxy does not want that.
    """
    for name, value in environ.items():
        if name.lower() in PROXIES and value.strip() and not _is_proxy(value.strip()):
            yield f"{name}: a proxy has to be given as http://host:port; no other kind can be used."


def _is_proxy(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, half an IPv6 address
        return False
