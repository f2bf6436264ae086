"""A provider of identities with real keys, which says whatever a test wants it to."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from domain.accounts.identities import challenge_of

ISSUER = "https://id.example.com"
CLIENT_ID = "the gateway"
CLIENT_SECRET = "secret of the gateway at the provider"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def public_jwk(key: Any, name: str) -> dict[str, Any]:
    """The public half as the provider shows it."""
    make: Any = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else None
    make = make or jwt.algorithms.ECAlgorithm
    return {**json.loads(make.to_jwk(key.public_key())), "kid": name, "use": "sig"}


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    """The public half as text, which everybody can have."""
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def unsigned(claims: dict[str, Any], *, header: dict[str, Any] | None = None) -> str:
    """A token without a signature."""
    parts = (header or {"alg": "none"}, claims)
    coded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts)
    return ".".join(part.rstrip("=") for part in coded) + "."


@dataclass(slots=True)
class LyingProvider:
    """Answers discovery, keys and codes; fields are what it says, and are a test's to change."""

    key: Any = RSA_KEY
    key_name: str = "first"
    algorithm: str = "RS256"
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public_jwk(RSA_KEY, "first")])
    discovered: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    asked: list[str] = field(default_factory=list)
    _grants: dict[str, dict[str, Any]] = field(default_factory=dict)
    now: float = 0

    def grant(self, question: dict[str, str], subject: str, email: str | None = None) -> str:
        """Let somebody sign in; the code that they go back with."""
        code = f"code-{len(self._grants) + 1}"
        self._grants[code] = {
            "question": question,
            "claims": {
                "iss": ISSUER,
                "sub": subject,
                "aud": CLIENT_ID,
                "exp": self.now + 300,
                "iat": self.now,
                "nonce": question["nonce"],
                **({} if email is None else {"email": email}),
            },
        }
        return code

    def client(self) -> httpx.AsyncClient:
        """What speaks with it."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        match request.url.path:
            case "/.well-known/openid-configuration":
                told = {
                    "issuer": ISSUER,
                    "authorization_endpoint": f"{ISSUER}/authorize",
                    "token_endpoint": f"{ISSUER}/token",
                    "jwks_uri": f"{ISSUER}/keys",
                }
                return httpx.Response(200, json={**told, **self.discovered})
            case "/keys":
                return httpx.Response(200, json={"keys": self.keys})
            case "/token":
                return self._redeem(request)
        return httpx.Response(404)

    def _redeem(self, request: httpx.Request) -> httpx.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        grant = self._grants.pop(form["code"], None)
        if (
            grant is None
            or challenge_of(form["code_verifier"]) != grant["question"]["code_challenge"]
            or form["redirect_uri"] != grant["question"]["redirect_uri"]
        ):
            return httpx.Response(400, json={"error": "invalid_grant"})
        claims = {**grant["claims"], **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        token = self.token or self.sign(claims)
        return httpx.Response(200, json={"access_token": "unused", "id_token": token})

    def sign(self, claims: dict[str, Any]) -> str:
        """A token of these claims, in the way that the fields say."""
        if self.algorithm == "none":
            return unsigned(claims)
        if self.algorithm == "HS256":
            key = public_pem(RSA_KEY)
            return jwt.PyJWS().encode(
                json.dumps(claims).encode(),
                # The library itself refuses such a key, so the signature is made by its parts.
                key=base64.b64encode(key),
                algorithm="HS256",
                headers={"kid": self.key_name},
            )
        return jwt.encode(
            claims, self.key, algorithm=self.algorithm, headers={"kid": self.key_name}
        )
