"""Client apps on one gateway: who is let in as whose, and that nothing crosses."""

import asyncio
import base64
from dataclasses import dataclass

import httpx
import jwt
import pytest

from domain.accounts.callers.pauses import PASSWORD_PAUSES

ADA = "ada@example.com"
PASSWORD = "correct horse"
UNKNOWN = {"error": "Unknown client."}
Headers = dict[str, str]
NOBODYS: Headers = {}


def basic(api_key: str, secret: str) -> Headers:
    told = base64.b64encode(f"{api_key}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {told}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A client app: its name, and what it sends; the default tenant's sends nothing."""

    name: str
    headers: Headers


DEFAULT = App(name="default", headers=NOBODYS)


async def make_app(gateway, name: str) -> App:
    tenant, secret = await gateway.container.create_tenant()(name)
    return App(name=name, headers=basic(tenant.api_key, secret.value))


async def post(gateway, path: str, app: App, password: str = PASSWORD) -> httpx.Response:
    body = {"email": ADA, "password": password}
    answer: httpx.Response = await gateway.client.post(path, json=body, headers=app.headers)
    return answer


async def log_in(gateway, app: App, password: str = PASSWORD) -> Headers:
    """The headers of somebody who has just signed in with this app."""
    answer = await post(gateway, "/login", app, password)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def sign_up(gateway, app: App, password: str = PASSWORD) -> Headers:
    assert (await post(gateway, "/signup", app, password)).status_code == 201
    return await log_in(gateway, app, password)


def password_in(app: App) -> str:
    """Whoever has one email in all of them has another password in each."""
    return f"correct horse of {app.name}"


def claims(headers: Headers) -> dict[str, object]:
    token = headers["Authorization"].split()[1]
    read: dict[str, object] = jwt.decode(token, options={"verify_signature": False})
    return read


ILL = [
    "",
    "Basic",
    "Basic ",
    "Basic !!!",
    "Basic YQ",
    "Basic YQ==",
    "Basic " + base64.b64encode(b"\xff:\xff").decode(),
    "Basic " + base64.b64encode(b":").decode(),
    "Basic " + base64.b64encode(b"eet_:ees_").decode(),
    "Basic " + base64.b64encode(b"\x00:\x00").decode(),
    "Basic " + "A" * 12_000,
    "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
    "Digest username=ada",
    "Basic \xe9",
]


@pytest.mark.parametrize("header", ILL)
@pytest.mark.parametrize("path", ["/signup", "/login"])
async def test_what_is_no_client_is_told_so_whatever_else_is_sent(gateway, path, header) -> None:
    await make_app(gateway, "home-app")
    raw = {"Authorization": header.encode("latin-1")}
    for body in (b'{"email": "ada@example.com", "password": "correct horse"}', b"{", b""):
        answer = await gateway.client.post(path, content=body, headers=raw)

        assert (answer.status_code, answer.json()) == (401, UNKNOWN)
        assert answer.headers["WWW-Authenticate"] == 'Basic realm="client apps", charset="UTF-8"'
    assert gateway.store.users == {}
    assert gateway.container.passwords().checks_made == 0


async def test_as_a_problem_it_has_a_code(gateway) -> None:
    headers = {**basic("eet_x", "ees_x"), "Accept": "application/problem+json"}
    answer = await gateway.client.post("/login", json={}, headers=headers)
    assert answer.json()["code"] == "unknown_client"


@pytest.mark.parametrize("header", [each for each in ILL if "ZWV0Xz" not in each])
async def test_without_any_tenant_the_header_counts_for_nothing(gateway, header) -> None:
    raw = {"Authorization": header.encode("latin-1")}
    body = {"email": ADA, "password": PASSWORD}
    answers = [
        await gateway.client.post(path, json=body, headers=raw) for path in ("/signup", "/login")
    ]
    assert [answer.status_code for answer in answers] == [201, 200]


async def test_a_key_with_another_secret_is_as_unknown_as_none(gateway) -> None:
    home, shop = await make_app(gateway, "home-app"), await make_app(gateway, "shop-app")
    keys = [
        base64.b64decode(app.headers["Authorization"][6:]).decode().split(":")
        for app in (home, shop)
    ]
    for wrong in (basic(keys[0][0], keys[1][1]), basic(keys[0][0], ""), basic("", keys[0][1])):
        answer = await gateway.client.post("/login", json={}, headers=wrong)
        assert (answer.status_code, answer.json()) == (401, UNKNOWN)


async def test_where_a_tenant_is_required_nobody_comes_in_without(make_gateway) -> None:
    gateway = make_gateway(tenant_required=True)
    async with gateway.client:
        for path in ("/signup", "/login"):
            answer = await post(gateway, path, DEFAULT)
            assert (answer.status_code, answer.json()) == (401, UNKNOWN)
        assert (await gateway.client.options("/login")).status_code == 204
        app = await make_app(gateway, "home-app")
        assert await sign_up(gateway, app)


async def test_where_a_tenant_is_required_no_provider_lets_anybody_in_either(make_gateway) -> None:
    provider = {"oidc_issuer": "https://provider.example", "oidc_client_id": "gateway"}
    offered = []
    for is_required in (False, True):
        gateway = make_gateway(tenant_required=is_required, **provider)
        async with gateway.client:
            offered.append((await gateway.client.get("/auth/oidc")).json())
    assert offered == [{"name": "OpenID Connect"}, {"name": None}]


async def test_a_wrong_client_counts_towards_the_limit_of_its_address(make_gateway) -> None:
    gateway = make_gateway(account_calls_per_minute=60)
    async with gateway.client:
        await make_app(gateway, "home-app")
        headers = basic("eet_x", "ees_x")
        statuses = [
            (await gateway.client.post("/login", json={}, headers=headers)).status_code
            for _ in range(61)
        ]
    assert statuses == [401] * 60 + [429]


async def test_tokens_name_their_tenant_and_those_of_the_default_one_are_as_ever(stage) -> None:
    home = await make_app(stage, "home-app")
    default, homes = await sign_up(stage, DEFAULT), await sign_up(stage, home)
    tenant = await stage.container.find_tenant()("home-app")

    assert set(claims(default)) == {"sub", "email", "iat", "exp", "jti", "sid", "auth_time"}
    assert claims(homes)["tenant"] == str(tenant.id)
    renewed = await stage.client.post("/token", headers=homes)
    assert claims({"Authorization": f"Bearer {renewed.json()['token']}"})["tenant"] == (
        str(tenant.id)
    )


async def test_a_token_of_another_tenant_than_its_users_is_refused_everywhere(stage) -> None:
    home, shop = await make_app(stage, "home-app"), await make_app(stage, "shop-app")
    people = [await sign_up(stage, app) for app in (DEFAULT, home, shop)]
    secret = stage.container.token_secrets()[0]
    for person in people:
        own = claims(person)
        for other in people:
            tenant = claims(other).get("tenant")
            if tenant == own.get("tenant"):
                continue
            forged = {name: value for name, value in own.items() if name != "tenant"}
            if tenant is not None:
                forged["tenant"] = tenant
            token = jwt.encode(forged, secret, "HS256")
            answer = await stage.client.get("/me", headers={"Authorization": f"Bearer {token}"})
            assert (answer.status_code, answer.json()) == (
                401,
                {"error": "Invalid or expired token."},
            )
            socket = await stage.connect()
            await socket.send({"type": "authenticate", "token": token})
            assert (await socket.receive())["message"] == "Invalid or expired token."


async def test_nothing_crosses_between_those_who_have_one_email(stage) -> None:
    apps = (DEFAULT, await make_app(stage, "home-app"), await make_app(stage, "shop-app"))
    people = {app.name: await sign_up(stage, app, password_in(app)) for app in apps}

    mine = {name: (await stage.client.get("/me", headers=people[name])).json() for name in people}
    assert len({me["user"]["id"] for me in mine.values()}) == 3
    for app in apps:
        for other in apps:
            answer = await post(stage, "/login", other, password_in(app))
            assert answer.status_code == (200 if other == app else 401)
        assert (await post(stage, "/signup", app)).status_code == 409


async def test_neither_sessions_nor_keys_cross(stage) -> None:
    apps = (DEFAULT, await make_app(stage, "home-app"), await make_app(stage, "shop-app"))
    people = {app.name: await sign_up(stage, app, password_in(app)) for app in apps}
    paths = {}
    for app in apps:
        person = people[app.name]
        made = await stage.client.post(
            "/me/keys",
            headers=person,
            json={"name": app.name, "scopes": ["read"], "password": password_in(app)},
        )
        key = {"Authorization": f"Bearer {made.json()['secret']}"}
        # Nothing is linked, so that a good key gets as far as being told so.
        assert (await stage.client.get("/devices", headers=key)).status_code == 400
        listed = (await stage.client.get("/me/keys", headers=person)).json()["keys"]
        assert [each["name"] for each in listed] == [app.name]
        sessions = (await stage.client.get("/me/sessions", headers=person)).json()["sessions"]
        assert [each["current"] for each in sessions] == [True]
        paths[app.name] = [f"/me/keys/{each['id']}" for each in listed]
        paths[app.name] += [f"/me/sessions/{each['id']}" for each in sessions]

    for name, others in paths.items():
        for stranger in people.keys() - {name}:
            for path in others:
                answer = await stage.client.delete(path, headers=people[stranger])
                assert answer.status_code == 404
    for name, person in people.items():
        assert len((await stage.client.get("/me/keys", headers=person)).json()["keys"]) == 1, name


async def test_wrong_passwords_and_deletion_in_one_app_are_not_felt_in_another(gateway) -> None:
    home, shop = await make_app(gateway, "home-app"), await make_app(gateway, "shop-app")
    people = {app.name: await sign_up(gateway, app) for app in (DEFAULT, home, shop)}
    gateway.store.known_networks.clear()  # else nobody would have to wait

    for _ in range(PASSWORD_PAUSES.free_refusals):
        assert (await post(gateway, "/login", home, "wrong")).status_code == 401
    assert (await post(gateway, "/login", home)).status_code == 429
    for app in (DEFAULT, shop):
        assert (await post(gateway, "/login", app)).status_code == 200

    left = await gateway.client.request(
        "DELETE", "/me", headers=people["shop-app"], json={"password": PASSWORD}
    )
    assert left.status_code == 204
    assert (await gateway.client.get("/me", headers=people["shop-app"])).status_code == 404
    for name in ("default", "home-app"):
        assert (await gateway.client.get("/me", headers=people[name])).status_code == 200
    assert (await post(gateway, "/signup", shop)).status_code == 201


async def test_of_a_removed_tenant_nobody_and_nothing_is_left_within_a_second(stage) -> None:
    home = await make_app(stage, "home-app")
    people = [await sign_up(stage, app) for app in (DEFAULT, home)]
    link = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
    streams = []
    for person in people:
        linked = await stage.client.post("/emporia-auth", headers=person, json=link)
        assert linked.status_code == 200
        socket = await stage.connect()
        token = person["Authorization"].split()[1]
        await socket.send({"type": "authenticate", "token": token})
        await socket.receive_until("deviceData")
        streams.append(socket)

    assert await stage.container.remove_tenant()("home-app") == 1

    async with asyncio.timeout(1):
        assert (await streams[1].receive_until("error"))["message"] == "User not found."
        await streams[1].closed()
    assert (await streams[0].receive_until("deviceData"))["data"]
    assert [(await stage.client.get("/me", headers=each)).status_code for each in people] == [
        200,
        404,
    ]
    refused = await post(stage, "/login", home)
    assert (refused.status_code, refused.json()) == (401, UNKNOWN)
    assert (await post(stage, "/login", DEFAULT)).status_code == 200


async def test_users_of_two_tenants_share_the_poll_of_an_account_that_both_linked(stage) -> None:
    home = await make_app(stage, "home-app")
    people = [await sign_up(stage, app) for app in (DEFAULT, home)]
    link = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
    for person in people:
        await stage.client.post("/emporia-auth", headers=person, json=link)
    lists = [(await stage.client.get("/devices", headers=person)).json() for person in people]
    assert lists[0] == lists[1]
    links = stage.container.emporia_links()
    assert len(await links.of_account(lists[0]["customerGid"])) == 2
