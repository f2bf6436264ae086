"""Reads request bodies: JSON objects in UTF-8 and nothing else."""

from typing import Any

from litestar import Request
from litestar.exceptions import ClientException, InternalServerException, SerializationException

from entrypoints.failures.codes import BODY_CODED, MEDIA_TYPE_NOT_JSON, NOT_JSON
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.answers.refusals import NOT_AN_OBJECT

JSON_MEDIA_TYPES = {"", "application/json"}
"""A missing Content-Type is taken for JSON."""

LONGEST_CONTENT_TYPE = 256

NO_CODING = {"", "identity"}
"""What may stand in Content-Encoding: nothing here unpacks bodies, for a bomb is one, too."""


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body, where there is one, is a JSON object."""

    async def body(self) -> bytes:
        """The raw body."""
        try:
            return await super().body()
        except InternalServerException:
            # The caller hung up in the middle: no fault of ours, and nobody reads the answer.
            raise ClientException from None

    async def json(self) -> dict[str, Any]:
        """The decoded body; raises Refusal for anything else than a JSON object."""
        # Taking the header apart costs more than its length, so that is looked at first.
        is_short = len(self.headers.get("Content-Type", "")) <= LONGEST_CONTENT_TYPE
        media_type = self.content_type[0].lower() if is_short else "none of ours"
        if media_type not in JSON_MEDIA_TYPES and not media_type.endswith("+json"):
            raise Refusal(MEDIA_TYPE_NOT_JSON)
        codings = ",".join(self.headers.getall("Content-Encoding", []))
        if any(coding.strip().lower() not in NO_CODING for coding in codings.split(",")):
            raise Refusal(BODY_CODED)
        try:
            document = await super().json()
        except (SerializationException, UnicodeDecodeError, RecursionError):
            raise Refusal(NOT_JSON) from None
        if not isinstance(document, dict):
            raise Refusal(NOT_AN_OBJECT)
        return document
