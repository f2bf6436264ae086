"""The kinds of value a setting can have: each reads text, and says in words what it allows.

A sentence about a value that may be secret never holds the value.
"""

import base64
import ipaddress
import re
import ssl
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from domain.accounts.sign_up import SignUp
from domain.counted import counted

SHORTEST_TOKEN_SECRET_BYTES = 32
SEALING_KEY_BYTES = 32
LONGEST_SHOWN = 60
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("console", "json")
EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104  # names, no binding


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
                f"secret {place} has {counted(len(secret), 'byte')}, "
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


def _host_names(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)*", value, re.ASCII):
            raise ValueError(f"{shown(value)} is not a host name, such as gateway.example.com.")
    return tuple(value.lower() for value in values)


def are_on_one_address(one: str, other: str) -> bool:
    """Whether two that listen on these hosts, and on one port, would be in each other's way."""
    hosts = {one.lower(), other.lower()}
    is_local = "localhost" in hosts and hosts <= {"localhost", "127.0.0.1", "::1"}
    return len(hosts) == 1 or is_local or bool(hosts & EVERY_ADDRESS)


def _folder(value: Path) -> Path:
    try:
        is_file = value.exists() and not value.is_dir()
    except PermissionError:
        raise ValueError(
            f"{shown(value)} is in a folder that this user may not look into."
        ) from None
    if is_file:
        raise ValueError(f"{shown(value)} is a file, but has to be a folder or not exist yet.")
    return value


def _certificates(values: tuple[Path, ...]) -> tuple[Path, ...]:
    for value in values:
        try:
            ssl.create_default_context(cafile=str(value))
        except ssl.SSLError:
            raise ValueError(f"{shown(value)} holds no certificates in PEM.") from None
        except OSError as error:
            raise ValueError(f"{shown(value)} can't be read: {error.strerror}.") from None
    return values


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


def _log_format(value: str) -> str:
    form = value.strip().lower()
    if form not in LOG_FORMATS:
        raise ValueError(f"{shown(value)} is not one of {', '.join(LOG_FORMATS)}.")
    return form


def _may_sign_up(value: object) -> object:
    kind = str(value).strip().lower()
    if kind not in tuple(SignUp):
        raise ValueError(f"{shown(value)} is not one of {', '.join(SignUp)}.")
    return SignUp(kind)


def _issuer(value: str) -> str:
    address = value.strip()
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
        )
        is_one = bool(parts.hostname) and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        is_safe = is_one = False
    if address and not (is_safe and is_one):
        raise ValueError(f"{shown(value)} is neither an https address nor on this machine.")
    return address


def _provided(value: str, info: ValidationInfo) -> str:
    client_id = value.strip()
    if info.data.get("oidc_issuer") and not client_id:
        raise ValueError("missing: the provider that OIDC_ISSUER names knows the gateway by it.")
    return client_id


TokenSecrets = Annotated[tuple[bytes, ...], BeforeValidator(_secrets), AfterValidator(_long_enough)]
SealingKeys = Annotated[tuple[bytes, ...], BeforeValidator(_keys), AfterValidator(_right_size)]
Origins = Annotated[tuple[str, ...], BeforeValidator(_texts), AfterValidator(_origins)]
Proxies = Annotated[tuple[str, ...], BeforeValidator(_texts), AfterValidator(_proxies)]
Host = Annotated[str, AfterValidator(_host)]
HostNames = Annotated[tuple[str, ...], BeforeValidator(_texts), AfterValidator(_host_names)]
Folder = Annotated[Path, AfterValidator(_folder)]
CertificateFiles = Annotated[
    tuple[Path, ...], BeforeValidator(_texts), AfterValidator(_certificates)
]
ServiceUrl = Annotated[str, AfterValidator(_service_url)]
UserPool = Annotated[str, AfterValidator(_pool)]
ClientId = Annotated[str, AfterValidator(_client)]
SignUps = Annotated[SignUp, BeforeValidator(_may_sign_up)]
LogLevel = Annotated[str, AfterValidator(_log_level)]
LogFormat = Annotated[str, AfterValidator(_log_format)]
Issuer = Annotated[str, AfterValidator(_issuer)]
ProviderClient = Annotated[str, AfterValidator(_provided)]
