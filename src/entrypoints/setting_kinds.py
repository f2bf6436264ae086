"""The kinds of value a setting can have: each reads text, and says in words what it allows.

A sentence about a value that may be secret never holds the value.
"""

import base64
import ipaddress
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator

from domain.accounts.sign_up import SignUp

SHORTEST_TOKEN_SECRET_BYTES = 32
SEALING_KEY_BYTES = 32
LONGEST_SHOWN = 60
LOG_LEVELS = ("debug", "info", "warning", "error")


def shown(value: object) -> str:
    """A value as a sentence quotes it."""
    text = str(value)
    return f"'{text[:LONGEST_SHOWN]}...'" if len(text) > LONGEST_SHOWN else f"'{text}'"


def _items(text: str) -> tuple[str, ...]:
    """Cut at the commas; idle spaces and empty items count for nothing."""
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _texts(value: object) -> object:
    return _items(value) if isinstance(value, str) else value


def _secrets(value: object) -> object:
    if not isinstance(value, str):
        return value
    # The environment may hold bytes that are no UTF-8; they come back as they were.
    return tuple(item.encode(errors="surrogateescape") for item in _items(value))


def _long_enough(secrets: tuple[bytes, ...]) -> tuple[bytes, ...]:
    for place, secret in enumerate(secrets, start=1):
        if len(secret) < SHORTEST_TOKEN_SECRET_BYTES:
            raise ValueError(
                f"secret {place} has {len(secret)} bytes, "
                f"but each needs at least {SHORTEST_TOKEN_SECRET_BYTES}."
            )
    return secrets


def _keys(value: object) -> object:
    return tuple(map(_decoded, _items(value))) if isinstance(value, str) else value


def _decoded(item: str) -> bytes:
    """The bytes of base64 in either alphabet; none at all where it is not base64."""
    try:
        return base64.b64decode(item.translate(str.maketrans("-_", "+/")), validate=True)
    except ValueError:
        return b""


def _right_size(keys: tuple[bytes, ...]) -> tuple[bytes, ...]:
    for place, key in enumerate(keys, start=1):
        if len(key) != SEALING_KEY_BYTES:
            raise ValueError(f"key {place} is not {SEALING_KEY_BYTES} bytes in base64.")
    return keys


def _host(value: str) -> str:
    host = value.strip()
    if not host or any(mark in host for mark in "/@, "):
        raise ValueError(f"{shown(value)} is not an address or host name, such as 127.0.0.1.")
    return host


def _folder(value: Path) -> Path:
    if value.exists() and not value.is_dir():
        raise ValueError(f"{shown(value)} is a file, but has to be a folder or not exist yet.")
    return value


def _service_url(value: str) -> str:
    address = value.strip().rstrip("/")
    if not _is_web_address(address):
        raise ValueError("not an http or https address alone, such as https://example.com.")
    return address


def _origins(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value != "*" and not _is_web_address(value):
            raise ValueError(
                f"{shown(value)} is not an origin, such as https://home.example.com, or *."
            )
    return values


def _is_web_address(text: str) -> bool:
    """Whether this is scheme, host and perhaps a port, with nothing after or inside."""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    bare = parts == SplitResult(parts.scheme, parts.netloc, "", "", "")
    return named and bare and parts.scheme in {"http", "https"} and "@" not in parts.netloc


def _proxies(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value != "*" and not _is_network(value):
            raise ValueError(f"{shown(value)} is not an IP address or network, or *.")
    return values


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def _pool(value: str) -> str:
    region, _, name = value.partition("_")
    if not region or not name.isalnum():
        raise ValueError(f"{shown(value)} is not a user pool, such as us-east-2_ghlOXVLi1.")
    return value


def _client(value: str) -> str:
    if not value.isalnum():
        raise ValueError(f"{shown(value)} is not a client id: letters and digits alone.")
    return value


def _log_level(value: str) -> str:
    level = value.strip().lower()
    if level not in LOG_LEVELS:
        raise ValueError(f"{shown(value)} is not one of {', '.join(LOG_LEVELS)}.")
    return level


def _may_sign_up(value: object) -> object:
    kind = str(value).strip().lower()
    if kind not in tuple(SignUp):
        raise ValueError(f"{shown(value)} is not one of {', '.join(SignUp)}.")
    return SignUp(kind)


TokenSecrets = Annotated[tuple[bytes, ...], BeforeValidator(_secrets), AfterValidator(_long_enough)]
SealingKeys = Annotated[tuple[bytes, ...], BeforeValidator(_keys), AfterValidator(_right_size)]
Origins = Annotated[tuple[str, ...], BeforeValidator(_texts), AfterValidator(_origins)]
Proxies = Annotated[tuple[str, ...], BeforeValidator(_texts), AfterValidator(_proxies)]
Host = Annotated[str, AfterValidator(_host)]
Folder = Annotated[Path, AfterValidator(_folder)]
ServiceUrl = Annotated[str, AfterValidator(_service_url)]
UserPool = Annotated[str, AfterValidator(_pool)]
ClientId = Annotated[str, AfterValidator(_client)]
SignUps = Annotated[SignUp, BeforeValidator(_may_sign_up)]
LogLevel = Annotated[str, AfterValidator(_log_level)]
