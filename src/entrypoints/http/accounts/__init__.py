"""Accounts of the gateway: who may come in, and on what."""

from litestar import Router

from entrypoints.http.accounts import events, keys, openid, people, second_factor, sessions
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.requests.auth import require_caller
from entrypoints.http.requests.bodies import JsonRequest
from entrypoints.http.requests.clients import require_client
from entrypoints.http.requests.methods import tell_methods

ACCOUNTS = [
    Router(
        "/",
        response_class=JsonAnswer,
        route_handlers=[people.sign_up, people.log_in],
        request_class=JsonRequest,
        middleware=[require_client],
        security=[{}, {"client": []}],
        tags=["Accounts"],
    ),
    Router(
        "/",
        response_class=JsonAnswer,
        route_handlers=openid.OF_STRANGERS,
        request_class=JsonRequest,
        tags=["Accounts"],
    ),
    Router(
        "/",
        response_class=JsonAnswer,
        route_handlers=[
            *people.OF_CALLERS,
            *sessions.OF_CALLERS,
            *keys.OF_CALLERS,
            *events.OF_CALLERS,
            *second_factor.OF_CALLERS,
            *openid.OF_CALLERS,
        ],
        request_class=JsonRequest,
        middleware=[require_caller],
        before_request=tell_methods,
        security=[{"bearer": []}],
        tags=["Accounts"],
    ),
]
