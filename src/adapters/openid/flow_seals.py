"""Flows as short-lived signed tokens, for a cookie."""

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from jwt import PyJWS, PyJWTError

from application.ports.accounts.openid.flows import FlowSeals
from domain.accounts.identities import Flow, Joiner
from domain.accounts.users import UserId

ALGORITHM = "HS256"
LONGEST = 4096


class _Joiner(msgspec.Struct, frozen=True):
    user_id: UUID
    login_id: str
    login_at: float


class _Flow(msgspec.Struct, frozen=True):
    state: str
    nonce: str
    verifier: str
    return_address: str
    until: float
    joiner: _Joiner | None


class JwtFlowSeals(FlowSeals):
    """Signs with a key of its own, made of the first secret: no access token is a flow."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        self._key = hmac.digest(secrets[0], b"flows of OpenID Connect", "sha256")
        self._jws = PyJWS(algorithms=[ALGORITHM])

    def seal(self, flow: Flow) -> str:
        joiner = None
        if flow.joiner is not None:
            joiner = _Joiner(
                flow.joiner.user_id, flow.joiner.login_id, flow.joiner.login_at.timestamp()
            )
        told = _Flow(
            state=flow.state,
            nonce=flow.nonce,
            verifier=flow.verifier,
            return_address=flow.return_address,
            until=flow.until.timestamp(),
            joiner=joiner,
        )
        return self._jws.encode(msgspec.json.encode(told), self._key, ALGORITHM)

    def open(self, text: str, *, now: datetime) -> Flow | None:
        if len(text) > LONGEST:
            return None
        try:
            told = msgspec.json.decode(self._jws.decode(text, self._key, [ALGORITHM]), type=_Flow)
        except (PyJWTError, ValueError):
            return None
        flow = Flow(
            state=told.state,
            nonce=told.nonce,
            verifier=told.verifier,
            return_address=told.return_address,
            until=datetime.fromtimestamp(told.until, UTC),
            joiner=None if told.joiner is None else _joiner(told.joiner),
        )
        return flow if now < flow.until else None


def _joiner(told: _Joiner) -> Joiner:
    return Joiner(
        user_id=UserId(told.user_id),
        login_id=told.login_id,
        login_at=datetime.fromtimestamp(told.login_at, UTC),
    )
