"""Emporia's user pool: passwords are proven by SRP, worked out in a thread; the rest is HTTP."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from adapters.emporia.cognito.calls import CognitoCalls, CognitoRefused
from adapters.emporia.cognito.errors import proof_error, refresh_error, sign_in_error
from adapters.emporia.cognito.tokens import read_refresh, read_sign_in
from application.ports.clock import Clock
from application.ports.emporia.emporia_user_pool import EmporiaUserPool
from domain.accounts.text import is_encodable
from domain.emporia.links import EmporiaSignIn, EmporiaTokens
from domain.errors import EmporiaRefusedCredentials, EmporiaTimedOut, EmporiaUnreadable

if TYPE_CHECKING:
    from adapters.emporia.cognito.password_proof import PasswordProof

PROOFS_AT_ONCE = 2
"""A proof costs some 60 ms of a core; more at once would only slow each other down."""

PASSWORD_VERIFIER = "PASSWORD_VERIFIER"  # noqa: S105  # the name of Cognito's challenge

Result = TypeVar("Result")


class CognitoEmporiaUserPool(EmporiaUserPool):
    """Signs in and refreshes; owns its threads, not the HTTP client. Close it.

    No thread ever waits for the network, so a pool that answers slowly keeps none of them.
    """

    def __init__(
        self,
        *,
        http_client: httpx.AsyncClient,
        clock: Clock,
        endpoint: str,
        pool_id: str,
        client_id: str,
        total_timeout_seconds: float,
    ) -> None:
        self._ask = CognitoCalls(
            http_client,
            clock=clock,
            endpoint=endpoint,
            total_timeout_seconds=total_timeout_seconds,
        )
        self._clock = clock
        self._pool_id = pool_id
        self._client_id = client_id
        self._total_timeout_seconds = total_timeout_seconds
        self._threads = ThreadPoolExecutor(PROOFS_AT_ONCE, thread_name_prefix="emporia-sign-in")

    async def sign_in(self, username: str, password: str) -> EmporiaSignIn:
        # As PyEmVue does it: whoever can sign in there can sign in here.
        name = username.strip().lower()
        if not (name and password and is_encodable(name) and is_encodable(password)):
            raise EmporiaRefusedCredentials
        asked_at = self._clock.now()
        try:
            async with asyncio.timeout(self._total_timeout_seconds):
                answer = await self._proven(name, password)
        except TimeoutError as error:
            raise EmporiaTimedOut from error
        return read_sign_in(answer, asked_at=asked_at)

    async def refresh(self, tokens: EmporiaTokens) -> EmporiaTokens:
        asked_at = self._clock.now()
        try:
            answer = await self._initiate(
                "REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": tokens.refresh_token}
            )
        except CognitoRefused as refused:
            raise refresh_error(refused.failure) from None
        return read_refresh(answer, refresh_token=tokens.refresh_token, asked_at=asked_at)

    def close(self) -> None:
        """Let go of the threads without waiting; what is worked out there takes no time."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _proven(self, username: str, password: str) -> dict[str, Any]:
        """Cognito's last answer, unread; raises what EmporiaUserPool.sign_in does."""
        proof = await self._in_a_thread(lambda: self._begun(username, password))
        try:
            challenge = await self._initiate("USER_SRP_AUTH", proof.question)
        except CognitoRefused as refused:
            raise sign_in_error(refused.failure) from None
        name = challenge.get("ChallengeName")
        if not isinstance(name, str):
            raise EmporiaUnreadable
        if name != PASSWORD_VERIFIER:
            raise EmporiaRefusedCredentials  # nobody here can answer any other
        told = challenge.get("ChallengeParameters")
        answer = await self._in_a_thread(lambda: proof.answer(told))
        try:
            return await self._ask(
                "RespondToAuthChallenge",
                {
                    "ClientId": self._client_id,
                    "ChallengeName": PASSWORD_VERIFIER,
                    "ChallengeResponses": answer,
                },
            )
        except CognitoRefused as refused:
            raise proof_error(refused.failure) from None

    def _begun(self, username: str, password: str) -> "PasswordProof":
        """Imported here, in a thread of the first sign-in: it takes a good part of a second."""
        from adapters.emporia.cognito.password_proof import PasswordProof

        return PasswordProof(
            username=username,
            password=password,
            pool_id=self._pool_id,
            client_id=self._client_id,
        )

    async def _initiate(self, flow: str, parameters: dict[str, Any]) -> dict[str, Any]:
        return await self._ask(
            "InitiateAuth",
            {"AuthFlow": flow, "ClientId": self._client_id, "AuthParameters": parameters},
        )

    async def _in_a_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
