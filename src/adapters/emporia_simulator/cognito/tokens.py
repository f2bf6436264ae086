"""The pool's JSON Web Tokens: signed with RS256, with the claims Cognito puts in. Their times are
the wall clock's, whatever time it is in the homes."""

import json
import math
import time
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from adapters.emporia_simulator.cognito.user_pool import User

KEY_ID = "emporia-simulator-signing-key"


class TokenRefused(Exception):
    """The token is none of this pool's, or not of the kind asked for."""


class TokenExpired(TokenRefused):
    """The token was good once."""


class TokenForged(TokenRefused):
    """The token reads well, but this pool did not sign it."""


@lru_cache(maxsize=1)
def signing_key() -> rsa.RSAPrivateKey:
    """The process's one key; drawing it takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


def key_set() -> dict[str, Any]:
    """The public key as a JWKS document."""
    key: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(signing_key().public_key()))
    key.pop("key_ops")
    return {"keys": [{**key, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Issues and checks the tokens of one pool and client."""

    issuer: str
    client_id: str
    lifetime_seconds: float

    @property
    def expires_in(self) -> int:
        """The lifetime in whole seconds, as answers state it."""
        return math.ceil(self.lifetime_seconds)

    def issue(self, user: User, *, signed_in_at: int, origin: str) -> dict[str, str]:
        """A fresh id and access token of a sign-in that began at `signed_in_at`."""
        now = int(time.time())
        event = str(uuid.uuid4())
        shared = {
            "sub": user.id,
            "iss": self.issuer,
            "origin_jti": origin,
            "event_id": event,
            "auth_time": signed_in_at,
            "iat": now,
            "exp": now + self.expires_in,
        }
        id_token = {
            "email_verified": True,
            "cognito:username": user.id,
            "aud": self.client_id,
            "token_use": "id",
            "name": user.name,
            "email": user.email,
            "jti": user.new_token_id(),
        }
        access_token = {
            "client_id": self.client_id,
            "token_use": "access",
            "scope": "aws.cognito.signin.user.admin",
            "username": user.id,
            "jti": user.new_token_id(),
        }
        return {"IdToken": _sign(shared | id_token), "AccessToken": _sign(shared | access_token)}

    def check(self, token: str, *, use: str) -> dict[str, Any]:
        """The claims of a token of ours that is good now."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                signing_key().public_key(),
                algorithms=["RS256"],
                issuer=self.issuer,
                audience=self.client_id if use == "id" else None,
                options={
                    "require": ["exp", "iss", "sub", "jti", "origin_jti"],
                    "verify_iat": False,
                },
            )
        except jwt.ExpiredSignatureError as refused:
            raise TokenExpired from refused
        except jwt.InvalidSignatureError as refused:
            raise TokenForged from refused
        except jwt.InvalidTokenError as refused:
            raise TokenRefused from refused
        if claims.get("token_use") != use:
            raise TokenRefused
        return claims


def _sign(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, signing_key(), algorithm="RS256", headers={"kid": KEY_ID})
