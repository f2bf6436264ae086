"""Whose word is taken for who calls."""

from typing import Any

import pytest

from entrypoints.proxies import FORWARDED_HOST, TrustedProxies

DEFAULT = ("127.0.0.1", "::1")
CALLER = ("x-forwarded-for", "203.0.113.9")


def seen(
    peer: str, *headers: tuple[str, str], trusted: tuple[str, ...] = DEFAULT, kind: str = "http"
) -> dict[str, Any]:
    """The scope of a request once the proxies had their say."""
    scope: dict[str, Any] = {
        "type": kind,
        "scheme": "http" if kind == "http" else "ws",
        "client": (peer, 4000),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    TrustedProxies(trusted).apply(scope)
    return scope


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "::FFFF:7f00:1"])
def test_this_machine_is_trusted_in_every_spelling(peer: str) -> None:
    assert seen(peer, CALLER)["client"] == ("203.0.113.9", 0)


@pytest.mark.parametrize("peer", ["127.0.0.2", "::2", "::ffff:127.0.0.2", "192.0.2.1", "socket"])
def test_nobody_else_names_the_caller(peer: str) -> None:
    scope = seen(peer, CALLER, ("x-forwarded-proto", "https"), ("x-forwarded-host", "home"))

    assert scope["client"][0] in {peer, "127.0.0.2"}
    assert scope["scheme"] == "http"
    assert "state" not in scope


def test_nobody_is_trusted_where_none_is_named() -> None:
    assert seen("127.0.0.1", CALLER, trusted=())["client"] == ("127.0.0.1", 4000)


@pytest.mark.parametrize("peer", ["10.1.2.3", "::ffff:10.1.2.3"])
@pytest.mark.parametrize("network", ["10.0.0.0/8", "::ffff:10.0.0.0/104"])
def test_a_network_is_trusted_in_either_spelling(peer: str, network: str) -> None:
    assert seen(peer, CALLER, trusted=(network,))["client"] == ("203.0.113.9", 0)


def test_a_mapped_address_is_a_plain_one_from_then_on() -> None:
    assert seen("::ffff:192.0.2.7")["client"] == ("192.0.2.7", 4000)
    told = seen("::1", ("x-forwarded-for", "::ffff:192.0.2.7"))
    assert told["client"] == ("192.0.2.7", 0)


@pytest.mark.parametrize(
    ("told", "caller"),
    [
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 127.0.0.1", "203.0.113.9"),
        ("127.0.0.1, ::1", "127.0.0.1"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", "127.0.0.1"),
        ("1.2.3.4," * 1000 + "203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_caller_is_the_last_whom_no_proxy_vouches_for(told: str, caller: str) -> None:
    assert seen("127.0.0.1", ("x-forwarded-for", told))["client"][0] == caller


def test_several_lines_are_one_list() -> None:
    lines = (("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "203.0.113.9"))

    assert seen("127.0.0.1", *lines)["client"] == ("203.0.113.9", 0)


def test_where_everybody_is_trusted_the_first_is_the_caller() -> None:
    told = ("x-forwarded-for", "203.0.113.9, 192.0.2.1")

    assert seen("192.0.2.2", told, trusted=("*",))["client"] == ("203.0.113.9", 0)


@pytest.mark.parametrize(
    ("kind", "told", "scheme"),
    [
        ("http", "https", "https"),
        ("http", "HTTPS", "https"),
        ("http", "gopher", "http"),
        ("websocket", "https", "wss"),
        ("websocket", "wss", "wss"),
    ],
)
def test_a_proxy_tells_the_scheme(kind: str, told: str, scheme: str) -> None:
    assert seen("127.0.0.1", ("x-forwarded-proto", told), kind=kind)["scheme"] == scheme


def test_a_proxy_tells_the_host() -> None:
    scope = seen("127.0.0.1", ("x-forwarded-host", "energy.example.com"))

    assert scope["state"][FORWARDED_HOST] == "energy.example.com"
