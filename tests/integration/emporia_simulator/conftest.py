"""A visitor who knows the cloud's wire and nothing of what is behind it."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from adapters.emporia_simulator.cognito import refresh_grants, tokens
from adapters.emporia_simulator.controls.options import CLIENT_ID, SimulatorOptions
from adapters.emporia_simulator.server import serve_simulator
from tests.integration.plain_http import WITHOUT_TLS

PASSWORDS = {
    "home@example.com": "emporia-password",
    "solar@example.com": "solar-password",
    "reset@example.com": "reset-password",
    "unconfirmed@example.com": "unconfirmed-password",
    "mill@example.com": "mill-password",
    "battery@example.com": "battery-password",
    "offline@example.com": "offline-password",
    "utility@example.com": "utility-password",
    "combined@example.com": "combined-password",
    "unclamped@example.com": "unclamped-password",
    "nested@example.com": "nested-password",
    "panels@example.com": "panels-password",
    "kolkata@example.com": "kolkata-password",
    "two@example.com": "two-password",
    "years@example.com": "years-password",
    "forty@example.com": "forty-password",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Speaks plain HTTP with a simulated cloud."""

    url: str
    http: httpx.AsyncClient

    async def operate(self, operation: str, **body: Any) -> httpx.Response:
        """Call one operation of the user pool."""
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        }
        return await self.http.post("/", headers=headers, json=body)

    async def initiate(
        self, flow: str, *, client_id: str = CLIENT_ID, **parameters: str
    ) -> httpx.Response:
        """Begin or renew a sign-in."""
        return await self.operate(
            "InitiateAuth", AuthFlow=flow, ClientId=client_id, AuthParameters=parameters
        )

    async def sign_in(
        self, email: str = "home@example.com", *, password: str | None = None
    ) -> httpx.Response:
        """Sign in with a password in one step, by default with the right one."""
        known = PASSWORDS.get(email, PASSWORDS["home@example.com"])
        return await self.initiate("USER_PASSWORD_AUTH", USERNAME=email, PASSWORD=password or known)

    async def tokens(self, email: str = "home@example.com") -> dict[str, Any]:
        """The tokens of a fresh sign-in."""
        answer = await self.sign_in(email)
        tokens: dict[str, Any] = answer.json()["AuthenticationResult"]
        return tokens

    async def enter(self, email: str = "home@example.com") -> None:
        """Send this customer's token from now on."""
        self.http.headers["authtoken"] = (await self.tokens(email))["IdToken"]

    async def get(self, path: str, **parameters: Any) -> httpx.Response:
        """Ask the device API."""
        return await self.http.get(path, params=parameters)

    async def usages(self, **changes: str) -> httpx.Response:
        """Ask for the first home's usage of this minute, or what is asked instead."""
        parameters = {
            "apiMethod": "getDeviceListUsages",
            "deviceGids": "1001",
            "instant": "2026-11-24T17:10:42Z",
            "scale": "1MIN",
            "energyUnit": "KilowattHours",
        }
        return await self.get("/AppAPI", **(parameters | changes))

    async def chart(self, **changes: str) -> httpx.Response:
        """Ask for an hour of the first home's mains, or what is asked instead."""
        parameters = {
            "apiMethod": "getChartUsage",
            "deviceGid": "1001",
            "channel": "1,2,3",
            "start": "2026-11-24T16:00:00Z",
            "end": "2026-11-24T17:00:00Z",
            "scale": "1MIN",
            "energyUnit": "KilowattHours",
        }
        return await self.get("/AppAPI", **(parameters | changes))

    async def control(self, method: str, path: str, **body: Any) -> Any:
        """Steer the simulator."""
        answer = await self.http.request(method, f"/simulator{path}", json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


Visits = Callable[[SimulatorOptions], AbstractAsyncContextManager[Visitor]]


@asynccontextmanager
async def _visit(options: SimulatorOptions) -> AsyncIterator[Visitor]:
    async with (
        serve_simulator(options) as running,
        httpx.AsyncClient(base_url=running.base_url, verify=WITHOUT_TLS) as http,
    ):
        yield Visitor(running.base_url, http)


@pytest.fixture
def visit() -> Visits:
    """Start a simulator with options of one's own and visit it."""
    return _visit


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    """A visitor of a simulator that was started without options."""
    async with _visit(SimulatorOptions()) as visitor:
        yield visitor


@pytest.fixture
async def guest() -> AsyncIterator[Visitor]:
    """The first customer, signed in, in a home whose time stands still."""
    then = datetime(2026, 11, 24, 17, 10, 42, tzinfo=UTC)
    async with _visit(SimulatorOptions(start=then, speed=0.0)) as visitor:
        await visitor.enter()
        yield visitor


@pytest.fixture
def signed_in_before(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Has the pool sign in as if that had been so many seconds ago."""

    def turn_back(seconds: float) -> None:
        then = SimpleNamespace(time=lambda: time.time() - seconds)
        monkeypatch.setattr(tokens, "time", then)
        monkeypatch.setattr(refresh_grants, "time", then)

    return turn_back
