"""Cognito's operations over HTTP, unsigned, as its apps call them."""

from collections.abc import Mapping
from typing import Any

import httpx
import msgspec

from adapters.emporia.cognito.errors import CognitoFailure
from adapters.emporia.documents import read_document
from adapters.emporia.exchange.exchange import Answer, exchange
from adapters.emporia.exchange.retry_after import http_date, retry_after_seconds
from application.ports.clock import Clock
from domain.errors import EmporiaUnreadable

LARGEST_ANSWER_BYTES = 256 * 1024
"""Tokens take some four thousand bytes, a challenge fewer."""


class CognitoRefused(Exception):
    """Cognito did not do what was asked; what that means depends on what was asked."""

    def __init__(self, failure: CognitoFailure) -> None:
        super().__init__(failure.code)
        self.failure = failure


class CognitoCalls:
    """Asks the user pool at one address, with a client that others own."""

    def __init__(
        self,
        http_client: httpx.AsyncClient,
        *,
        clock: Clock,
        endpoint: str,
        total_timeout_seconds: float,
    ) -> None:
        self._http_client = http_client
        self._clock = clock
        self._address = endpoint.rstrip("/") + "/"
        self._total_timeout_seconds = total_timeout_seconds

    async def __call__(self, operation: str, question: Mapping[str, Any]) -> dict[str, Any]:
        """The answer of one request.

        Raises CognitoRefused, EmporiaUnavailable, EmporiaTimedOut or EmporiaUnreadable.
        """
        request = self._http_client.build_request(
            "POST",
            self._address,
            headers={
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
            },
            content=msgspec.json.encode(question),
        )
        answer = await exchange(
            self._http_client,
            request,
            total_timeout_seconds=self._total_timeout_seconds,
            largest_bytes=LARGEST_ANSWER_BYTES,
        )
        if answer.status != httpx.codes.OK:
            raise CognitoRefused(self._failure(answer))
        return read_document(answer.body)

    def _failure(self, answer: Answer) -> CognitoFailure:
        """The error in an answer; an outage may well come without Cognito's own body."""
        now = self._clock.now()
        try:
            document = read_document(answer.body)
        except EmporiaUnreadable:
            document = {}
        told_at = http_date(answer.headers.get("Date"))
        return CognitoFailure(
            # Both `X` and `com.amazonaws.cognito#X` are in use among AWS services.
            code=str(document.get("__type")).rpartition("#")[2],
            message=str(document.get("message")),
            status=answer.status,
            retry_after_seconds=retry_after_seconds(answer.headers.get("Retry-After"), now=now),
            clock_ahead_seconds=(now - told_at).total_seconds() if told_at else 0.0,
        )
