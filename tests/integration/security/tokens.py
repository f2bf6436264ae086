"""Attacks on tokens and keys: each makes, of what is good, something that must be refused."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.accounts.keys import KeySecret

JWT = {"alg": "HS256", "typ": "JWT"}
NAME = "emporia-energy-api"
YEAR_3000 = 32_503_680_000


def b64(data: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(
    payload: object, secret: bytes, header: Mapping[str, object] = JWT, digest: str = "sha256"
) -> str:
    """A token of this payload, which may be text that is no JSON."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    signed = f"{b64(json.dumps(header).encode())}.{b64(body)}"
    return f"{signed}.{b64(hmac.new(secret, signed.encode(), digest).digest())}"


@dataclass(frozen=True, kw_only=True)
class Loot:
    """What an attacker may have at best: a good token and key, and even our secret."""

    token: str = field(repr=False)
    key: str = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def claims(self) -> dict[str, Any]:
        """What the good token says."""
        payload = self.token.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
        return claims

    def but(self, **claims: object) -> dict[str, Any]:
        """The good claims, but for these."""
        return {**self.claims, **claims}


Attack = Callable[[Loot], str]


def _parts(loot: Loot) -> tuple[str, str, str]:
    head, body, signature = loot.token.split(".")
    return head, body, signature


def _none(alg: str) -> Attack:
    return lambda loot: f"{b64(json.dumps({'alg': alg, 'typ': 'JWT'}).encode())}.{_parts(loot)[1]}."


def _public_key_as_secret(loot: Loot) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return sign(loot.claims, pem)


def _own_key_in_header(loot: Loot) -> str:
    own = b"k" * 32
    return sign(loot.claims, own, {**JWT, "jwk": {"kty": "oct", "k": b64(own)}})


def _header(**more: object) -> Attack:
    """A header that names where the key is to be had, and a signature with that key."""
    return lambda loot: sign(loot.claims, b"", {**JWT, **more})


def _signed_by_us(**claims: object) -> Attack:
    return lambda loot: sign(loot.but(**claims), loot.secret)


def _our_secret(header: Mapping[str, object]) -> Attack:
    return lambda loot: sign(loot.claims, loot.secret, header)


def _without(name: str) -> Attack:
    return lambda loot: sign(
        {each: value for each, value in loot.claims.items() if each != name}, loot.secret
    )


def _last_bit_flipped(loot: Loot) -> str:
    head, body, signature = _parts(loot)
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[-1] ^= 1
    return f"{head}.{body}.{b64(bytes(raw))}"


def _other_payload(loot: Loot) -> str:
    head, _, signature = _parts(loot)
    payload = json.dumps(loot.but(email="other@example.com")).encode()
    return f"{head}.{b64(payload)}.{signature}"


def _twice(loot: Loot) -> str:
    whole = json.dumps(loot.claims)[:-1] + ',"sub":"00000000-0000-0000-0000-000000000000"}'
    return sign(whole.encode(), b"s" * 32)


def _wrong_checksum(loot: Loot) -> str:
    return loot.key[:-1] + ("0" if loot.key[-1] != "0" else "1")


def _right_checksum_of_another(loot: Loot) -> str:
    number = int(hashlib.sha256(loot.key.encode()).hexdigest(), 16)
    return KeySecret.of(number).value


ATTACKS: dict[str, Attack] = {
    "`alg` is `none`": _none("none"),
    "`alg` is `None`": _none("None"),
    "`alg` is `nOnE`": _none("nOnE"),
    "`alg` is empty": _none(""),
    "no signature": lambda loot: ".".join(_parts(loot)[:2]) + ".",
    "no third part": lambda loot: ".".join(_parts(loot)[:2]),
    "`RS256`, with a public key as the secret": _public_key_as_secret,
    "`alg` `RS256`, signed with our secret": _our_secret({"alg": "RS256", "typ": "JWT"}),
    "`HS512` in place of `HS256`": lambda loot: sign(
        loot.claims, loot.secret, {"alg": "HS512", "typ": "JWT"}, "sha512"
    ),
    "another secret": lambda loot: sign(loot.claims, b"another secret of 32 bytes or so"),
    "an empty secret": lambda loot: sign(loot.claims, b""),
    "a key of one's own in `jwk`": _own_key_in_header,
    "`kid` names a file": _header(kid="../../../../dev/null"),
    "`kid` holds SQL": _header(kid="x' UNION SELECT ''--"),
    "`jku` names a set of keys": _header(jku="http://127.0.0.1:1/keys.json"),
    "`x5u` names a certificate": _header(x5u="http://127.0.0.1:1/cert.pem"),
    "`typ` of another kind of token": _our_secret({"alg": "HS256", "typ": "refresh+jwt"}),
    "`crit` names what nobody knows": _our_secret({**JWT, "crit": ["exp2"], "exp2": 1}),
    "a payload that is not encoded (`b64`)": _our_secret({**JWT, "b64": False, "crit": ["b64"]}),
    "`exp` is past": _signed_by_us(exp=1),
    "`exp` is now": lambda loot: sign(loot.but(exp=loot.claims["iat"]), loot.secret),
    "`exp` is text": _signed_by_us(exp="never"),
    "`exp` beyond what a clock can tell": _signed_by_us(exp=10**18),
    "`exp` is no number": _signed_by_us(exp=float("nan")),
    "`nbf` is to come": _signed_by_us(nbf=YEAR_3000 - 1),
    "`iss` is somebody else": _signed_by_us(iss="https://elsewhere.example.com"),
    "`aud` is somebody else": _signed_by_us(aud="another-api"),
    "`aud` is a list without us": _signed_by_us(aud=["another-api", "emporia"]),
    "`aud` is an empty list": _signed_by_us(aud=[]),
    "without `exp`": _without("exp"),
    "without `sub`": _without("sub"),
    "without `jti`": _without("jti"),
    "`sub` is no id": _signed_by_us(sub="1 OR 1=1"),
    "`sub` is a list": _signed_by_us(sub=["a", "b"]),
    "claims twice": _twice,
    "the payload is a list": lambda loot: sign([loot.claims], loot.secret),
    "the payload is no JSON": lambda loot: sign(b"{sub:", loot.secret),
    "the payload nests 1,000 deep": lambda loot: sign(
        b'{"sub":' + b"[" * 1000 + b"]" * 1000 + b"}", loot.secret
    ),
    "the header nests 1,000 deep": lambda loot: (
        b64(b'{"alg":"HS256","x":' + b"[" * 1000 + b"]" * 1000 + b"}")
        + "."
        + ".".join(_parts(loot)[1:])
    ),
    "12,000 characters": lambda loot: sign(loot.but(pad="x" * 9000), loot.secret),
    "another payload under the signature": _other_payload,
    "the last bit of the signature": _last_bit_flipped,
    "cut by one character": lambda loot: loot.token[:-1],
    "only dots": lambda _: "..",
    "a fourth part": lambda loot: loot.token + ".e30",
    "an encrypted token's five parts": lambda loot: loot.token + ".e30.e30",
    "padded with `=`": lambda loot: loot.token + "==",
    "a letter that looks alike": lambda loot: loot.token.replace("e", "\u0435", 1),
    "a null character at the end": lambda loot: loot.token + "\0",
    "a token quoted": lambda loot: f'"{loot.token}"',
    "a key cut by one character": lambda loot: loot.key[:-1],
    "a key with one character more": lambda loot: loot.key + "0",
    "a key with a wrong checksum": _wrong_checksum,
    "a key that nobody made, with its checksum": _right_checksum_of_another,
    "a key in other case": lambda loot: loot.key.swapcase(),
    "a key's mark in capitals": lambda loot: "EEA_" + loot.key[4:],
    "the prefix of a key, as it is listed": lambda loot: loot.key[:12],
    "the hash of a key, as it is stored": lambda loot: hashlib.sha256(
        loot.key.encode()
    ).hexdigest(),
    "a key as the payload of a token": lambda loot: sign({"sub": loot.key}, b"s" * 32),
    "a token behind the mark of keys": lambda loot: "eea_" + loot.token,
    "only the mark of keys": lambda _: "eea_",
}
"""What is told of each in `docs/security.md`, and how it is made."""
