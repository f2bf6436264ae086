"""A person's way into a gateway, over REST."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import httpx

from entrypoints.watch.home import KnownHome
from entrypoints.watch.legible import legible

TIMEOUT_SECONDS = 30.0
FAILURES = "application/problem+json, application/json"
"""What is accepted: failures come as problems, with a code to decide by."""

TOKEN_ENDED = frozenset({"token_invalid", "user_not_found"})
NOTHING_LINKED = frozenset({"not_linked", "link_dead", "emporia_refused_request"})


class GatewayRefused(Exception):
    """The gateway will not do it; asking again would not help. The code is "" where unknown."""

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.code = code


class GatewayUnreachable(Exception):
    """No gateway answers there, or none that can at present."""


class Account:
    """A person's way into a gateway: the credentials, and the token they get.

    `ask_code` asks the person for the code of their second factor; it may block.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        email: str,
        password: str,
        ask_code: Callable[[], str] | None = None,
    ) -> None:
        self._http = http
        self._credentials = {"email": email, "password": password}
        self._ask_code = ask_code
        self._renew_at = 0.0
        self.token = ""

    @property
    def stream_url(self) -> str:
        """Where the gateway's WebSocket is."""
        url = self._http.base_url
        return str(url.copy_with(scheme="wss" if url.scheme == "https" else "ws"))

    def seconds_until_renewal(self) -> float:
        """How long the token can be used before a new one should be had."""
        return self._renew_at - asyncio.get_running_loop().time()

    async def log_in(self) -> None:
        """Get a token for the credentials, and for a code where the gateway wants one."""
        try:
            content = await self._post("/login", self._credentials)
        except GatewayRefused as refusal:
            if refusal.code != "second_factor_needed" or self._ask_code is None:
                raise
            login = {**self._credentials, "code": self._ask_code()}
            content = await self._post("/login", login)
        self._keep(content)

    async def renew(self) -> None:
        """Get a fresh token for the one that ends, by password where that is past renewing."""
        try:
            self._keep(await self._post("/token", {}))
        except GatewayRefused as refusal:
            if refusal.code not in TOKEN_ENDED:
                raise
            await self.log_in()

    async def link(self, *, username: str, password: str) -> None:
        """Link an Emporia account."""
        body = {"emporiaUsername": username, "emporiaPassword": password}
        await self._post("/emporia-auth", body)

    async def missing_link(self) -> str:
        """The code of why there is nothing to watch; "" where there is something after all."""
        try:
            await self._call("GET", "/devices")
        except GatewayRefused as refusal:
            return refusal.code
        return ""

    async def known_home(self) -> KnownHome:
        """What is to be known of the home beforehand; nothing of one that is not linked."""
        try:
            customer = await self._call("GET", "/devices")
        except GatewayRefused as refusal:
            if refusal.code not in NOTHING_LINKED:
                raise
            return KnownHome()
        return KnownHome.read(customer["devices"])

    async def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        return await self._call("POST", path, json=body)

    async def _call(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        headers = {"Accept": FAILURES}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = await self._http.request(method, path, headers=headers, **request)
        except httpx.TransportError:
            raise self._no_gateway() from None
        try:
            content: dict[str, Any] = answer.json()
            if not answer.is_error:
                return content
            sentence, code = legible(str(content["detail"])), str(content["code"])
        except (ValueError, LookupError, TypeError):
            raise self._no_gateway() from None
        if answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise GatewayUnreachable(sentence)
        raise GatewayRefused(sentence, code=code)

    def _keep(self, content: dict[str, Any]) -> None:
        try:
            self.token = content["token"]
            lifetime = _lifetime_seconds(self.token)
        except (ValueError, LookupError, TypeError, AttributeError):
            raise self._no_gateway() from None
        self._renew_at = asyncio.get_running_loop().time() + lifetime - min(60.0, lifetime / 5)

    def _no_gateway(self) -> GatewayUnreachable:
        return GatewayUnreachable(f"No gateway answers at {self._http.base_url}.")


def _lifetime_seconds(token: str) -> float:
    """By the gateway's own clock, which may differ from ours."""
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return float(claims["exp"] - claims["iat"])
