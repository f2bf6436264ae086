"""Whose word about the caller is taken: the proxies that the operator trusts.

uvicorn has the same, but takes an IPv4 address in IPv6's clothes for another, and does not tell
whether `X-Forwarded-Host` may be believed.
"""

from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from domain.accounts.callers.networks import plain_address
from entrypoints.request_context import RAW_HEADER, take_over

FORWARDED_HOST = "forwarded_host"
"""The key in a request's state of the host that the caller asked for, where a proxy told."""

ADDED = (b"x-forwarded-", RAW_HEADER)
"""How the names of headers begin that a proxy adds."""

SCHEMES = frozenset({"http", "https"})
MOST_HOPS = 32
MAPPED_BITS = 96


class TrustedProxies:
    """Puts the caller's own address, scheme and host in place of a trusted proxy's."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._everybody = "*" in trusted
        self._networks = tuple(_plain_network(text) for text in trusted if text != "*")
        self._is_trusted = lru_cache(maxsize=4096)(self._find)

    def apply(self, scope: MutableMapping[str, Any]) -> None:
        """Tell in the scope who calls; addresses are plain ones from here on."""
        peer = scope.get("client")
        if peer is None:
            return
        host, port = _plain(peer[0]), peer[1]
        if self._is_trusted(host) and (told := _told(scope["headers"])):
            if scheme := _scheme(told, scope["type"]):
                scope["scheme"] = scheme
            if caller := self._caller(told.get(b"x-forwarded-for", "")):
                host, port = caller, 0
            if given := told.get(RAW_HEADER):
                take_over(scope, given)
            if forwarded_host := told.get(b"x-forwarded-host"):
                scope.setdefault("state", {})[FORWARDED_HOST] = forwarded_host
        if (host, port) != tuple(peer):
            scope["client"] = (host, port)

    def trusts(self, host: str) -> bool:
        """Whether this is the address of a trusted proxy."""
        return self._is_trusted(host)

    def _caller(self, forwarded_for: str) -> str:
        """The last that no trusted proxy vouches for further, the first where all are trusted."""
        hops = [_host(hop) for hop in forwarded_for.rsplit(",", MOST_HOPS)]
        if self._everybody:
            return hops[0]
        return next((hop for hop in reversed(hops) if not self._is_trusted(hop)), hops[0])

    def _find(self, host: str) -> bool:
        if self._everybody:
            return True
        address = plain_address(host)
        return address is not None and any(address in network for network in self._networks)


def _told(headers: Sequence[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """What a proxy adds; of several lines all the addresses, and else the last."""
    told: dict[bytes, str] = {}
    for name, value in headers:
        if name.startswith(ADDED):
            text = value.decode("latin-1").strip()
            several = name == b"x-forwarded-for" and name in told
            told[name] = f"{told[name]},{text}" if several else text
    return told


def _scheme(told: dict[bytes, str], kind: str) -> str | None:
    scheme = told.get(b"x-forwarded-proto", "").lower().replace("ws", "http")
    if scheme not in SCHEMES:
        return None
    return scheme.replace("http", "ws") if kind == "websocket" else scheme


def _host(hop: str) -> str:
    """The address in `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1` or `[2001:db8::1]:80`."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    return _plain(text)


def _plain(host: str) -> str:
    if not host.lower().startswith("::ffff:"):
        return host
    return str(plain_address(host) or host)


def _plain_network(text: str) -> IPv4Network | IPv6Network:
    network = ip_network(text)
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    if mapped is None or network.prefixlen < MAPPED_BITS:
        return network
    return IPv4Network((mapped, network.prefixlen - MAPPED_BITS))
