"""Cognito's wire: JSON-RPC at `POST /`, and the keys its tokens are signed with."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from adapters.emporia_simulator.cloud import Cloud
from adapters.emporia_simulator.cognito.amazon_front import KEYS_PATH, preflight
from adapters.emporia_simulator.cognito.tokens import key_set
from adapters.emporia_simulator.controls.request_counter import NOBODY
from adapters.emporia_simulator.refusals import (
    AMAZON_JSON,
    Refusal,
    device_refusal,
    pool_refusal,
)

_SERVICE = "AWSCognitoIdentityProviderService."
_OPERATIONS = (
    "InitiateAuth",
    "RespondToAuthChallenge",
    "GetTokensFromRefreshToken",
    "GetUser",
    "RevokeToken",
    "GlobalSignOut",
)


@post("/", status_code=200)
async def user_pool(
    request: Request[Any, Any, Any], cloud: NamedDependency[Cloud]
) -> Response[bytes]:
    """Answer one operation of the user pool."""
    service, _, operation = request.headers.get("x-amz-target", "").rpartition(".")
    if f"{service}." != _SERVICE or operation not in _OPERATIONS:
        raise pool_refusal("UnknownOperationException", "")
    body = _decoded(await request.body())
    await cloud.admit_to_user_pool(
        _asking(cloud, body), operation=operation, detail=str(body.get("AuthFlow", ""))
    )
    match operation:
        case "InitiateAuth":
            answer = await cloud.sign_in.initiate(body)
        case "RespondToAuthChallenge":
            answer = await cloud.sign_in.respond(body)
        case "GetTokensFromRefreshToken":
            answer = await cloud.sign_in.renew(body)
        case "GetUser":
            answer = cloud.sessions.user_of(body)
        case "RevokeToken":
            answer = cloud.sessions.end_one(body)
        case _:
            answer = cloud.sessions.end_all(body)
    return Response(msgspec.json.encode(answer), media_type=AMAZON_JSON)


@get(f"/{{pool_id:str}}{KEYS_PATH}")
async def keys(pool_id: FromPath[str], cloud: NamedDependency[Cloud]) -> dict[str, Any]:
    """The pool's public keys."""
    if pool_id != cloud.options.pool_id:
        raise device_refusal(404, f"User pool {pool_id} does not exist.")
    return await cloud.workers.run(key_set)


def _decoded(raw: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(raw, type=dict[str, Any])
    except msgspec.MsgspecError as refused:
        raise pool_refusal("SerializationException", "") from refused


def _asking(cloud: Cloud, body: dict[str, Any]) -> str:
    """The e-mail of the user a request is about, as far as it can be told."""
    parameters = body.get("AuthParameters") or body.get("ChallengeResponses") or {}
    if not isinstance(parameters, dict):
        return NOBODY
    refresh = parameters.get("REFRESH_TOKEN") or body.get("RefreshToken") or body.get("Token")
    grant = cloud.grants.read(str(refresh))
    name = str(parameters.get("USERNAME")) if grant is None else grant.user_id
    try:
        token = str(body.get("AccessToken"))
        user = cloud.pool.known(name)
        return (user or cloud.sessions.user_with(token, use="access")).email
    except Refusal:
        return NOBODY


ROUTES = (preflight, user_pool, keys)
