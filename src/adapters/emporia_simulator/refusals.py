"""Every answer that is not a plain success, in the shape the cloud gives it."""

import msgspec

JSON = "application/json"
AMAZON_JSON = "application/x-amz-json-1.1"


class Refusal(Exception):
    """An answer that ends a request early."""

    def __init__(
        self,
        status: int,
        body: bytes,
        *,
        content_type: str = JSON,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.content_type = content_type
        self.headers = headers or {}


class ConnectionCut(Exception):
    """The connection is to be dropped without an answer."""


def device_refusal(status: int, message: str, *, headers: dict[str, str] | None = None) -> Refusal:
    """The device API's kind of refusal."""
    return Refusal(status, msgspec.json.encode({"message": message}), headers=headers)


def pool_refusal(kind: str, message: str, *, status: int = 400) -> Refusal:
    """The user pool's kind of refusal; clients go by `__type`. Some come without a message."""
    body, headers = {"__type": kind}, {"x-amzn-errortype": f"{kind}:"}
    if message:
        body["message"] = message
    if message and message.isascii() and message.isprintable():
        headers["x-amzn-errormessage"] = message
    return Refusal(status, msgspec.json.encode(body), content_type=AMAZON_JSON, headers=headers)


def not_authorized(message: str) -> Refusal:
    """The user pool's answer to a wrong password, token or user."""
    return pool_refusal("NotAuthorizedException", message)
