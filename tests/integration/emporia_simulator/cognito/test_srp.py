"""The server's arithmetic meets a client's that was written from the protocol alone."""

import hashlib
import hmac

from adapters.emporia_simulator.cognito import srp

USER = {"pool_name": "ghlOXVLi1", "user_id": "0b21"}
SALT = 0xF00D_5EED
CLIENT_SECRET = 0xC0FFEE_C0FFEE_C0FFEE_C0FFEE_C0FFEE


def number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")


def padded(value: int) -> bytes:
    text = f"{value:x}"
    text = text if len(text) % 2 == 0 else f"0{text}"
    return bytes.fromhex(f"00{text}" if text[0] in "89abcdef" else text)


def clients_key(password: str, shown: int) -> bytes:
    inner = hashlib.sha256(f"ghlOXVLi10b21:{password}".encode()).digest()
    x = number(padded(SALT), inner)
    k = number(padded(srp.N), b"\x02")
    u = number(padded(pow(2, CLIENT_SECRET, srp.N)), padded(shown))
    shared = pow(shown - k * pow(2, x, srp.N), CLIENT_SECRET + u * x, srp.N)
    extracted = hmac.digest(padded(u), padded(shared), "sha256")
    return hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]


def servers_keys() -> tuple[int, srp.ServerKeys]:
    stored = srp.verifier(**USER, password="right", salt=SALT)
    return stored, srp.ServerKeys.new(stored)


def test_both_sides_arrive_at_the_same_key_with_the_right_password_only() -> None:
    stored, keys = servers_keys()
    client_shown = pow(2, CLIENT_SECRET, srp.N)
    key = keys.signing_key(client_shown=client_shown, stored_verifier=stored)
    assert key == clients_key("right", keys.shown)
    assert key != clients_key("wrong", keys.shown)


def test_the_group_is_a_safe_prime() -> None:
    assert srp.N.bit_length() == 3072
    assert pow(2, (srp.N - 1) // 2, srp.N) == 1


def test_a_client_may_not_show_a_multiple_of_the_prime() -> None:
    assert not srp.is_usable(0)
    assert not srp.is_usable(2 * srp.N)
    assert srp.is_usable(2)
