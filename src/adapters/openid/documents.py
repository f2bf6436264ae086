"""Asks a provider, and reads what it answers: JSON objects of a bounded size, in bounded time."""

import asyncio
import logging
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec

from domain.accounts.errors import IdentityRefused, ProviderUnavailable

LARGEST_BYTES = 256 * 1024
TIMEOUT_SECONDS = 10.0

logger = logging.getLogger(__name__)


class Documents:
    """One client for all that is asked; it follows no redirect and is made with the first use."""

    def __init__(self, client: httpx.AsyncClient | None = None) -> None:
        self._client = client

    async def get(self, url: str, *, bearer: str = "") -> dict[str, Any]:
        """Read a document; raises ProviderUnavailable."""
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return await self._ask("GET", url, headers=headers)

    async def post(
        self, url: str, form: dict[str, str], *, headers: dict[str, str]
    ) -> dict[str, Any]:
        """Send a form; raises ProviderUnavailable, or IdentityRefused for what is refused."""
        return await self._ask("POST", url, data=form, headers=headers)

    async def aclose(self) -> None:
        """Give the connections back, if there are any."""
        if self._client is not None:
            await self._client.aclose()

    async def _ask(self, method: str, url: str, **request: Any) -> dict[str, Any]:
        require_safe(url)
        if self._client is None:
            context = await asyncio.to_thread(httpx.create_ssl_context)
            self._client = self._client or httpx.AsyncClient(
                verify=context, timeout=TIMEOUT_SECONDS, headers={"Accept": "application/json"}
            )
        try:
            async with (
                asyncio.timeout(TIMEOUT_SECONDS),
                self._client.stream(method, url, **request) as answer,
            ):
                body = b""
                async for chunk in answer.aiter_bytes(LARGEST_BYTES):
                    body += chunk
                    if len(body) > LARGEST_BYTES:
                        raise failed("an answer is too large")
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise failed(type(error).__name__) from None
        if method == "POST" and answer.status_code in {400, 401, 403}:
            logger.info("the provider of identities refused a code: %d", answer.status_code)
            raise IdentityRefused
        if answer.status_code != httpx.codes.OK:
            raise failed(f"status {answer.status_code}")
        try:
            return msgspec.json.decode(body, type=dict[str, Any])
        except (ValueError, RecursionError):
            raise failed("an answer is no JSON object") from None


def require_safe(url: str) -> None:
    """Raise ProviderUnavailable unless it is https, or on this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise failed("an address is not https")


def is_loopback(host: str | None) -> bool:
    """Whether what is said to this host does not leave the machine."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def failed(reason: str) -> ProviderUnavailable:
    """The error for callers; operators read the reason in the log."""
    logger.warning("the provider of identities fails: %s", reason)
    return ProviderUnavailable()
