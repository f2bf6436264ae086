"""What Amazon puts around every answer of a user pool: an id of the request, and leave for any
web page to ask and to read (CORS)."""

import uuid
from typing import Any

from litestar import Request, Response, route
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import HttpMethod
from litestar.types import Message, Scope

KEYS_PATH = "/.well-known/jwks.json"

_READABLE = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
_TWO_DAYS_IN_SECONDS = "172800"


@route("/", http_method=[HttpMethod.OPTIONS], status_code=200)
async def preflight(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Allow a web page whatever it asks leave for."""
    headers = {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Max-Age": _TWO_DAYS_IN_SECONDS,
    }
    wanted = request.headers.get("access-control-request-headers")
    if wanted:
        headers["Access-Control-Allow-Headers"] = wanted
    return Response(b"", headers=headers, media_type="text/plain")


async def add_headers(message: Message, scope: Scope) -> None:
    """Put Amazon's headers on an answer of the user pool, refusals included."""
    path = scope["path"]
    if message["type"] != "http.response.start" or not (path == "/" or path.endswith(KEYS_PATH)):
        return
    headers = MutableScopeHeaders.from_message(message)
    headers["x-amzn-RequestId"] = str(uuid.uuid4())
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _READABLE
