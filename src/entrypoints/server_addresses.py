"""Addresses of servers that an operator names, which may hold secrets: no sentence quotes them."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

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


NatsServers = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_nats_servers)]
