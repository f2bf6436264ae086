"""Everything that can be asked of the gateway, asked once, with secrets that can be found again."""

import asyncio
import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pyotp
import pyrage
import pytest
from websockets.exceptions import ConnectionClosed

from adapters.system.clock import SystemClock
from domain.accounts.users import EmailAddress
from domain.emporia.cloud.breaker import PAUSES_SECONDS
from domain.errors import EmporiaUnavailable, LinkDead
from entrypoints.composition import Seal, back_up
from entrypoints.composition.storage.secrets import secret_files
from tests.integration.operations.secrets.leaks import Secret, Seen
from tests.integration.what_is_kept import tables
from tests.servers.postgres import ON_POSTGRESQL

PASSWORD = "mark-password-4f1e"
WRONG_PASSWORD = "mark-wrong-password-77aa"
EMPORIA_PASSWORD = "emporia-password"
WRONG_EMPORIA_PASSWORD = "mark-wrong-emporia-31c0"
EMAIL = "mark-me-19d2@example.com"
OTHERS_EMAIL = "mark-somebody-else-c55b@example.com"
BREAKER_PIN = "mark-breaker-pin-0d3a"
PAYLOAD = "mark-payload-of-emporia-9b7e"
CIRCUIT = "Water Heater"
"""It stands in Emporia's device list, the last one of which is kept."""
SHOWN = ("answer to GET /devices", "stream", "events")
KEPT = ("file ", "table ")
IN_AN_EXCEPTION = "mark-text-of-an-exception-62f8"

INSTANT = "/devices/instant?instant=2026-03-01T12:00:00Z&scale={}&energyUnit=KilowattHours"
HISTORY = (
    "/devices/{}/history?channels=1,2,3&start=2026-03-01T00:00:00Z&end=2026-03-01T02:00:00Z"
    "&scale=1H&energyUnit=KilowattHours"
)


def fixed_secrets() -> list[Secret]:
    """Those that are known before anything happens."""
    return [
        Secret("password", PASSWORD.encode()),
        Secret("wrong password", WRONG_PASSWORD.encode()),
        Secret("Emporia password", EMPORIA_PASSWORD.encode()),
        Secret("wrong Emporia password", WRONG_EMPORIA_PASSWORD.encode()),
        Secret("own email", EMAIL.encode(), ("answer to GET /me", "answer to POST", *KEPT)),
        Secret("somebody else's email", OTHERS_EMAIL.encode(), KEPT),
        Secret(
            "name of a circuit", CIRCUIT.encode(), ("answer to GET /devices", "stream", "events")
        ),
        Secret("breaker PIN", BREAKER_PIN.encode()),
        Secret("name of the breaker PIN", b"breakerPIN"),
        Secret("payload of Emporia's", PAYLOAD.encode()),
        Secret("text of an exception", IN_AN_EXCEPTION.encode()),
    ]


class SkippingClock(SystemClock):
    """The machine's time, of which some may be skipped; who sleeps, sleeps on."""

    def __init__(self) -> None:
        self._skipped_seconds = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self._skipped_seconds)

    def monotonic(self) -> float:
        return super().monotonic() + self._skipped_seconds

    def skip(self, seconds: float) -> None:
        """Be so much later from now on."""
        self._skipped_seconds += seconds


class Visit:
    """One person's way through the whole contract."""

    def __init__(self, stage: Any, seen: Seen, clock: SkippingClock) -> None:
        self._stage = stage
        self._seen = seen
        self._clock = clock
        self._bearer: dict[str, str] = {}
        self.secrets: list[Secret] = []

    async def run(self, break_something: Callable[[], Any]) -> None:
        """Everything, failures included."""
        await self._come_in()
        await self._have_a_second_factor()
        await self._fail_to_come_in()
        await self._link()
        await self._look_at_what_is_kept()
        await self._read()
        await self._come_in_by_an_app()
        await self._watch()
        with break_something():
            await self._ask("GET", INSTANT.format("1MON"), status=500)
        await self._meet_outages()
        await self._look_at_what_is_kept()
        self.secrets += [
            Secret(file.name, file.read_bytes().strip())
            for file in secret_files(self._stage.settings)
        ]
        if not ON_POSTGRESQL:  # which is backed up by its own programs
            await asyncio.to_thread(self._back_up)
        await self._lose_the_link()
        await self._look_at_what_is_kept()
        await self._leave()
        await self._look_at_what_is_kept()

    async def _ask(
        self, method: str, path: str, *, status: int | None = None, **more: Any
    ) -> httpx.Response:
        headers = {**self._bearer, **more.pop("headers", {})}
        answer: httpx.Response = await self._stage.client.request(
            method, path, headers=headers, **more
        )
        told = str(answer.headers.multi_items()).encode() + answer.content
        self._seen.note(f"answer to {method} {path}", told)
        assert status is None or answer.status_code == status, (method, path, answer.text)
        return answer

    async def _come_in(self) -> None:
        others = {"email": OTHERS_EMAIL, "password": PASSWORD}
        await self._stage.client.post("/signup", json=others)  # they may read their own email
        await self._ask("POST", "/signup", json=others, status=409)
        account = {"email": EMAIL, "password": PASSWORD}
        await self._ask("POST", "/signup", json=account, status=201)
        token = (await self._ask("POST", "/login", json=account, status=200)).json()["token"]
        self._carry(token)
        renewed = (await self._ask("POST", "/token", status=200)).json()["token"]
        self._carry(renewed)

    def _carry(self, token: str) -> None:
        self._bearer = {"Authorization": f"Bearer {token}"}
        allowed = ("answer to POST /login", "answer to POST /token")
        self.secrets.append(Secret("token", token.encode(), allowed))

    async def _have_a_second_factor(self) -> None:
        path = "/me/second-factor"
        begun = (await self._ask("POST", path, json={}, status=201)).json()["secondFactor"]
        shown = f"answer to POST {path}"
        self.secrets.append(Secret("second factor", begun["secret"].encode(), (shown,)))
        code = pyotp.TOTP(begun["secret"]).now()
        confirmed = await self._ask("POST", f"{path}/confirm", json={"code": code}, status=200)
        codes = confirmed.json()["recoveryCodes"]
        for recovery in codes:
            self.secrets.append(Secret("recovery code", recovery.encode(), (shown,)))
            self.secrets.append(Secret("recovery code", recovery.replace("-", "").encode()))
        await self._look_at_what_is_kept()
        await self._ask("GET", path, status=200)
        login = {"email": EMAIL, "password": PASSWORD}
        for more in ({}, {"code": code}, {"code": "not it"}):
            await self._ask("POST", "/login", json={**login, **more}, status=401)
        used = await self._ask("POST", "/login", json={**login, "code": codes[0]}, status=200)
        self._carry(used.json()["token"])
        await self._ask("DELETE", path, json={"code": codes[1]}, status=204)

    async def _fail_to_come_in(self) -> None:
        wrong = {"email": EMAIL, "password": WRONG_PASSWORD}
        await self._ask("POST", "/login", json=wrong, status=401)
        await self._ask("POST", "/signup", content=f'{{"password": "{PASSWORD}"', status=400)
        await self._ask("POST", "/login", json=[PASSWORD], status=400)
        await self._ask("DELETE", "/me", json={"password": WRONG_PASSWORD}, status=401)
        foreign = {"Authorization": f"Bearer {PASSWORD}"}
        await self._ask("GET", "/me", headers=foreign, status=401)
        await self._ask("GET", f"/nothing/{PASSWORD}", status=404)
        await self._ask("PUT", "/me", status=405)
        await self._ask("POST", "/login", content=PASSWORD * 5000, status=413)
        self._seen.places = {
            # The path was ours to choose: it names the place, and is no answer.
            place.replace(PASSWORD, "..."): content
            for place, content in self._seen.places.items()
        }

    async def _come_in_by_an_app(self) -> None:
        container = self._stage.container
        tenant, secret = await container.create_tenant()("home-app")
        told = base64.b64encode(f"{tenant.api_key}:{secret.value}".encode()).decode()
        account = {"email": EMAIL, "password": PASSWORD}
        for shown, status in ((told, 201), (told[:-4], 401), (secret.value, 401)):
            app = {"Authorization": f"Basic {shown}"}
            await self._ask("POST", "/signup", json=account, headers=app, status=status)
        await self._look_at_what_is_kept()
        await container.remove_tenant()("home-app")
        self.secrets += [
            Secret("apiSecret", secret.value.encode()),
            Secret("apiSecret as it travels", told.encode()),
        ]

    async def _link(self) -> None:
        account = {"emporiaUsername": "home@example.com", "emporiaPassword": EMPORIA_PASSWORD}
        wrong = {**account, "emporiaPassword": WRONG_EMPORIA_PASSWORD}
        await self._ask("POST", "/emporia-auth", json=wrong, status=400)
        refusal = {"kind": "bad_request", "route": "user-pool", "times": 1, "message": PAYLOAD}
        await self._stage.fault(**refusal)
        await self._ask("POST", "/emporia-auth", json=account)
        keep = {**account, "keepPassword": True}
        await self._ask("POST", "/emporia-auth", json=keep, status=200)
        await self._renew_the_link()
        container = self._stage.container
        me = await container.users().with_email(EmailAddress(EMAIL), tenant_id=None)
        link = await container.emporia_links().of_user(me.id)
        self.secrets += [
            Secret("Emporia's id token", link.tokens.id_token.encode()),
            Secret("Emporia's refresh token", link.tokens.refresh_token.encode()),
        ]

    async def _renew_the_link(self) -> None:
        await self._stage.revoke_refresh_tokens()
        await self._stage.expire_tokens()
        await self._ask("GET", INSTANT.format("1D"), status=200)
        events = (await self._ask("GET", "/me/events", status=200)).json()["events"]
        assert events[0]["kind"] == "link_renewed"
        await self._ask("GET", "/me/link", status=200)

    async def _lose_the_link(self) -> None:
        """The kept password is tried in an outage, and refused after it."""
        container = self._stage.container
        sessions, links = container.emporia_sessions(), container.emporia_links()
        me = await container.users().with_email(EmailAddress(EMAIL), tenant_id=None)
        await self._stage.revoke_refresh_tokens()
        route = "RespondToAuthChallenge"  # of a sign-in alone
        await self._stage.fault(kind="server_error", route=route, message=PAYLOAD)
        with pytest.raises(EmporiaUnavailable):
            await sessions.renew(await links.of_user(me.id))
        await self._stage.heal()
        user = "/simulator/users/home@example.com"
        (await self._stage.cloud.put(user, json={"password": "another"})).raise_for_status()
        self._clock.skip(PAUSES_SECONDS[0])  # after one failure
        with pytest.raises(LinkDead):
            await sessions.renew(await links.of_user(me.id))
        await self._ask("GET", INSTANT.format("1Y"), status=400)
        events = (await self._ask("GET", "/me/events", status=200)).json()["events"]
        assert [event["kind"] for event in events[:2]] == [
            "link_died",
            "emporia_password_forgotten",
        ]

    async def _read(self) -> None:
        await self._ask("GET", "/me", status=200)
        await self._ask("GET", "/me/budget", status=200)
        devices = (await self._ask("GET", "/devices", status=200)).json()
        gid = json.dumps(devices).partition('"deviceGid": ')[2].partition(",")[0]
        await self._ask("GET", HISTORY.format(gid), status=200)
        await self._ask("GET", INSTANT.format("1H"), status=200)
        await self._ask("GET", INSTANT.format("yearly"), status=400)
        for path in ("/docs/errors", "/health/live", "/health/ready"):
            await self._ask("GET", path)

    async def _watch(self) -> None:
        token = self._bearer["Authorization"].split()[1]
        for good in (False, True):
            socket = await self._stage.connect()
            await socket.send({"type": "authenticate", "token": token if good else PASSWORD})
            try:
                await socket.send("{" + PASSWORD)
                for _ in range(4):
                    self._seen.note("stream", json.dumps(await socket.receive()).encode())
            except ConnectionClosed as end:
                assert not good
                self._seen.note("stream", str(end).encode())
            await socket.connection.close()
        async with self._stage.client.stream(
            "GET", "/devices/stream", headers=self._bearer
        ) as answer:
            async for line in answer.aiter_lines():
                self._seen.note("events", line.encode())
                if line.startswith("data"):
                    break

    async def _meet_outages(self) -> None:
        for number, fault in enumerate(
            (
                {"kind": "server_error", "message": PAYLOAD},
                {"kind": "bad_request", "message": PAYLOAD},
                {"kind": "unauthorized", "message": PAYLOAD},
                {"kind": "truncated_json"},
                {"kind": "connection_reset"},
                {"kind": "maintenance"},
            )
        ):
            await self._stage.fault(**fault)
            await self._ask(
                "GET",
                "/devices/instant?scale=1D&energyUnit=KilowattHours"
                f"&instant=2026-02-{number + 1:02}T12:00:00Z",
            )
            await self._ask("GET", "/devices")
            await self._stage.heal()

    async def _look_at_what_is_kept(self) -> None:
        self._seen.note_files(self._stage.settings.data_dir)
        for table, content in (await tables(self._stage)).items():
            self._seen.note(f"table {table}", content)

    def _back_up(self) -> None:
        """Take both kinds of backups, and look at them as at what anybody may get hold of."""
        settings = self._stage.settings
        folder = settings.data_dir.parent
        seal = Seal(key=str(pyrage.x25519.Identity.generate().to_public()))
        for place, sealed in (("file plain backup", None), ("sealed backup", seal)):
            file = folder / place
            back_up(settings, file, sealed)
            self._seen.note_file(place, file)

    async def _leave(self) -> None:
        await self._ask("DELETE", "/emporia-auth")
        await self._ask("GET", "/devices", status=400)
        await self._ask("POST", "/logout", status=204)
        await self._ask("GET", "/me", status=401)
        account = {"email": EMAIL, "password": PASSWORD}
        token = (await self._ask("POST", "/login", json=account, status=200)).json()["token"]
        self._carry(token)
        await self._ask("DELETE", "/me", json={"password": PASSWORD}, status=204)
        await self._ask("GET", "/me", status=404)
