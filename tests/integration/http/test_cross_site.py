"""What changes something is not taken from pages of other sites."""

import pytest

REFUSAL = {
    "error": "This call comes from a page of another site, which CORS_ORIGINS does not allow."
}
ACCOUNT = {"email": "ada@example.com", "password": "correct horse"}
OWN = "http://gateway.test"
FOREIGN = "https://evil.example"


async def sign_up(gateway, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await gateway.client.post("/signup", json=ACCOUNT, headers=named)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "same-origin", "Origin": FOREIGN},
        {"Origin": OWN},
        {"Origin": "http://gateway.test:80"},
        {"Origin": "HTTP://GATEWAY.TEST"},
        {"Origin": "https://gateway.test", "Host": "gateway.test:443"},
        {"Origin": "http://[::1]:3000", "Host": "[::1]:3000"},
    ],
)
async def test_our_own_pages_and_who_is_no_browser_are_welcome(gateway, headers):
    assert (await sign_up(gateway, **headers)).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "anything"},
        {"Sec_Fetch_Site": "cross-site", "Origin": OWN},
        {"Origin": FOREIGN},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://gateway.test:8080"},
        {"Origin": "http://gateway.test.evil.example"},
        {"Origin": "http://[gateway.test"},
        {"Origin": "http://gateway.test:port"},
        {"Origin": FOREIGN, "X_Forwarded_Host": "evil.example"},
    ],
)
async def test_pages_of_other_sites_are_refused(gateway, headers):
    answer = await sign_up(gateway, **headers)

    assert answer.status_code == 403
    assert answer.json() == REFUSAL
    assert gateway.store.users == {}


@pytest.mark.parametrize("origins", [(FOREIGN,), ("*",)])
@pytest.mark.parametrize("site", [{}, {"Sec_Fetch_Site": "cross-site"}])
async def test_pages_of_allowed_origins_are_welcome(make_gateway, origins, site):
    made = make_gateway(cors_origins=origins)
    async with made.client:
        assert (await sign_up(made, Origin=FOREIGN, **site)).status_code == 201


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/signup"),
        ("POST", "/login"),
        ("POST", "/token"),
        ("POST", "/logout"),
        ("DELETE", "/me"),
        ("POST", "/emporia-auth"),
        ("DELETE", "/emporia-auth"),
    ],
)
async def test_every_route_that_changes_something_is_guarded(gateway, method, path):
    answer = await gateway.client.request(method, path, headers={"Origin": FOREIGN})

    assert answer.status_code == 403


async def test_reading_is_left_to_the_browsers_own_rules(gateway):
    answer = await gateway.client.get("/health/live", headers={"Origin": FOREIGN})

    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_a_refused_page_does_not_use_up_the_limit_of_its_victim(make_gateway):
    made = make_gateway(account_calls_per_minute=60)
    async with made.client:
        for _ in range(70):
            await sign_up(made, Sec_Fetch_Site="cross-site")

        assert (await sign_up(made)).status_code == 201


async def test_a_page_may_read_what_it_has_to_know(make_gateway):
    made = make_gateway(cors_origins=(FOREIGN,))
    async with made.client:
        answer = await made.client.get("/me", headers={"Origin": FOREIGN})

    readable = {name.strip() for name in answer.headers["Access-Control-Expose-Headers"].split(",")}
    assert readable >= {"Retry-After", "WWW-Authenticate", "Allow", "Age"}


@pytest.mark.parametrize(("trusted", "status"), [(("127.0.0.1",), 201), (("192.0.2.1",), 403)])
async def test_a_trusted_proxy_tells_which_host_was_asked_for(stages, trusted, status):
    headers = {"Origin": "https://energy.example.com", "X-Forwarded-Host": "energy.example.com"}
    async with stages(trusted_proxies=trusted) as stage:
        answer = await stage.client.post("/signup", json=ACCOUNT, headers=headers)

    assert answer.status_code == status
