"""A gateway over fakes whose provider of identities lies on demand."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from dependency_injector import providers

from adapters.openid.documents import Documents
from adapters.openid.provider import HttpxIdentityProvider
from tests.integration.openid.lying_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    ISSUER,
    LyingProvider,
)
from tests.integration.openid.provider_from_npm import started_provider


@dataclass(slots=True)
class Browser:
    """Somebody's browser between gateway and provider."""

    gateway: Any
    provider: LyingProvider
    client: httpx.AsyncClient

    async def start(self, path: str = "/auth/oidc/start") -> dict[str, str]:
        """Set out; the question that the provider is asked."""
        answer = await self.client.get(path)
        assert answer.status_code == 303
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))

    async def come_back(self, question: dict[str, str], code: str, /, **changes: str | None) -> str:
        """Where the gateway sends a browser that comes back, with `changes` to what it brings."""
        brought = {"state": question["state"], "code": code, **changes}
        answer = await self.client.get(
            "/auth/oidc/callback",
            params={name: value for name, value in brought.items() if value is not None},
        )
        assert answer.status_code == 303
        return str(answer.headers["Location"])

    async def sign_in(self, subject: str = "grace", email: str | None = None) -> str:
        """There and back; where the gateway sends the browser."""
        question = await self.start()
        return await self.come_back(question, self.provider.grant(question, subject, email))

    async def fetch_token(self, address: str) -> httpx.Response:
        """What the page does with the address that it was sent to."""
        code = address.removeprefix("/#/oidc?code=")
        return await self.client.post("/auth/oidc/token", json={"code": code})

    async def join(self, bearer: dict[str, str], subject: str = "grace") -> str:
        """Join an identity to the account of the token."""
        body = {"password": "correct horse"}
        answer = await self.client.post("/me/identities/oidc/start", headers=bearer, json=body)
        assert answer.status_code == 200
        question = dict(parse_qsl(urlsplit(answer.json()["url"]).query))
        return await self.come_back(question, self.provider.grant(question, subject))


@pytest.fixture
def provider() -> LyingProvider:
    return LyingProvider()


@pytest.fixture
def make_browser(make_gateway: Any, provider: LyingProvider) -> Callable[..., Browser]:
    """Makes browsers of gateways of their own; keyword arguments are settings."""

    def make(**settings: Any) -> Browser:
        gateway = make_gateway(**settings)
        provider.now = gateway.clock.now().timestamp()
        container = gateway.container
        vouching = HttpxIdentityProvider(
            Documents(provider.client()),
            issuer=ISSUER,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            name="Example",
            wants_email=True,
            clock=gateway.clock,
        )
        container.identity_provider.override(providers.Object(vouching))
        # The fake counts up, and here it must not be possible to guess.
        container.randomness.reset_override()
        return Browser(gateway, provider, gateway.client)

    return make


@pytest.fixture
async def browser(make_browser: Callable[..., Browser]) -> AsyncIterator[Browser]:
    made = make_browser(oidc_signup=True)
    async with made.client:
        yield made


@pytest.fixture
def start_provider() -> Callable[[str], AbstractContextManager[str]]:
    """Starts the provider from npm for a gateway at this address; its issuer."""
    return started_provider
