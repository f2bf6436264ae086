"""Emporia's user pool: passwords are proven by SRP in a thread, tokens refreshed over HTTP."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any

import httpx
import msgspec

from adapters.emporia.cognito_errors import CognitoFailure, refresh_error
from adapters.emporia.cognito_tokens import read_refresh, read_sign_in
from adapters.emporia.documents import read_document
from adapters.emporia.exchange import Answer, exchange
from adapters.emporia.retry_after import retry_after_seconds
from application.ports.clock import Clock
from application.ports.emporia_user_pool import EmporiaUserPool
from domain.accounts.text import is_encodable
from domain.emporia.links import EmporiaSignIn, EmporiaTokens
from domain.errors import EmporiaRefusedCredentials, EmporiaTimedOut, EmporiaUnreadable

if TYPE_CHECKING:
    from adapters.emporia.srp_sign_in import SrpSignIn

SIGN_INS_AT_ONCE = 2
"""A sign-in costs some 60 ms of a core; more at once would only slow each other down."""


class CognitoEmporiaUserPool(EmporiaUserPool):
    """Signs in and refreshes; owns its threads, not the HTTP client. Close it."""

    def __init__(
        self,
        *,
        http_client: httpx.AsyncClient,
        clock: Clock,
        endpoint: str,
        pool_id: str,
        client_id: str,
        connect_timeout_seconds: float,
        read_timeout_seconds: float,
        total_timeout_seconds: float,
    ) -> None:
        self._http_client = http_client
        self._clock = clock
        self._endpoint = endpoint.rstrip("/")
        self._pool_id = pool_id
        self._client_id = client_id
        self._connect_timeout_seconds = connect_timeout_seconds
        self._read_timeout_seconds = read_timeout_seconds
        self._total_timeout_seconds = total_timeout_seconds
        self._threads = ThreadPoolExecutor(SIGN_INS_AT_ONCE, thread_name_prefix="emporia-sign-in")
        self._srp: SrpSignIn | None = None
        self._opening = Lock()

    async def sign_in(self, username: str, password: str) -> EmporiaSignIn:
        # As PyEmVue does it: whoever can sign in there can sign in here.
        name = username.strip().lower()
        if not (name and password and is_encodable(name) and is_encodable(password)):
            raise EmporiaRefusedCredentials
        asked_at = self._clock.now()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._total_timeout_seconds):
                answer = await loop.run_in_executor(self._threads, self._prove, name, password)
        except TimeoutError as error:
            raise EmporiaTimedOut from error
        return read_sign_in(answer, asked_at=asked_at)

    async def refresh(self, tokens: EmporiaTokens) -> EmporiaTokens:
        asked_at = self._clock.now()
        answer = await exchange(
            self._http_client,
            self._refresh_request(tokens.refresh_token),
            total_timeout_seconds=self._total_timeout_seconds,
        )
        if answer.status != httpx.codes.OK:
            raise refresh_error(self._failure(answer))
        return read_refresh(
            read_document(answer.body), refresh_token=tokens.refresh_token, asked_at=asked_at
        )

    def close(self) -> None:
        """Let go of the threads without waiting; one still at work ends within its time limits."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._opening:
            if self._srp is not None:
                self._srp.close()

    def _prove(self, username: str, password: str) -> dict[str, Any]:
        return self._opened_srp().prove(username=username, password=password)

    def _opened_srp(self) -> "SrpSignIn":
        """Imported here, in a thread of the first sign-in: boto3 takes a good part of a second."""
        from adapters.emporia.srp_sign_in import SrpSignIn

        with self._opening:
            if self._srp is None:
                self._srp = SrpSignIn(
                    clock=self._clock,
                    endpoint=self._endpoint,
                    pool_id=self._pool_id,
                    client_id=self._client_id,
                    connect_timeout_seconds=self._connect_timeout_seconds,
                    read_timeout_seconds=self._read_timeout_seconds,
                )
            return self._srp

    def _refresh_request(self, refresh_token: str) -> httpx.Request:
        return self._http_client.build_request(
            "POST",
            f"{self._endpoint}/",
            headers={
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
            },
            content=msgspec.json.encode(
                {
                    "AuthFlow": "REFRESH_TOKEN_AUTH",
                    "ClientId": self._client_id,
                    "AuthParameters": {"REFRESH_TOKEN": refresh_token},
                }
            ),
        )

    def _failure(self, answer: Answer) -> CognitoFailure:
        """The error in an answer; an outage may well come without Cognito's own body."""
        try:
            document = read_document(answer.body)
        except EmporiaUnreadable:
            document = {}
        # Both `X` and `com.amazonaws.cognito#X` are in use among AWS services.
        code = str(document.get("__type")).rpartition("#")[2]
        return CognitoFailure(
            code=code,
            message=str(document.get("message")),
            status=answer.status,
            retry_after_seconds=retry_after_seconds(
                answer.headers.get("Retry-After"), now=self._clock.now()
            ),
        )
