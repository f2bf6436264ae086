"""Addresses of servers that an operator names, which may hold secrets: no sentence quotes them."""

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, BeforeValidator

POSTGRESQL = "postgresql+asyncpg"
POSTGRESQL_SCHEMES = frozenset({POSTGRESQL, "postgresql", "postgres"})
OF_POSTGRESQL = frozenset({"host", "ssl"})
NATS_SCHEMES = frozenset({"nats", "tls"})


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
        is_named = bool(parts.hostname) and parts.port != 0
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
        is_named = bool(parts.hostname or query.get("host")) and parts.port != 0
    except ValueError:
        return False
    is_one = bool(parts.path.strip("/")) and parts.path.count("/") == 1 and not parts.fragment
    return (
        parts.scheme in POSTGRESQL_SCHEMES and is_named and is_one and query.keys() <= OF_POSTGRESQL
    )


DatabaseUrl = Annotated[str, AfterValidator(_database)]
NatsServers = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_nats_servers)]
