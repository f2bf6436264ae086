"""There and back with a provider that others wrote: `oidc-provider` of npm."""

import re
from urllib.parse import urljoin

import httpx
import pytest
from dependency_injector import providers

from adapters.openid.documents import Documents
from adapters.openid.provider import HttpxIdentityProvider


async def at_the_provider(browser: httpx.AsyncClient, address: str, gateway_url: str) -> str:
    """Sign in there as grace, and agree; where the provider sends the browser back to."""
    for _ in range(12):
        answer = await browser.get(address)
        if answer.status_code == 200:
            action = re.search(r'action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert action
            assert prompt
            form = {"prompt": prompt[1], "login": "grace", "password": "any"}
            answer = await browser.post(urljoin(address, action[1]), data=form)
        address = urljoin(address, answer.headers["Location"])
        if address.startswith(gateway_url):
            return address
    raise AssertionError(f"the provider did not send the browser back, but to {address}")


@pytest.mark.parametrize("fresh", ["", "?fresh=true"])
async def test_a_sign_in_at_the_provider_is_a_login_here(stages, start_provider, fresh):
    async with stages(oidc_signup=True) as stage, httpx.AsyncClient() as browser:
        with start_provider(stage.url) as issuer:
            documents = Documents()
            stage.container.resources().push_async_callback(documents.aclose)
            vouching = HttpxIdentityProvider(
                documents,
                issuer=issuer,
                client_id="gateway",
                client_secret="secret of the gateway",
                name="Example",
                wants_email=True,
                clock=stage.container.clock(),
            )
            stage.container.identity_provider.override(providers.Object(vouching))
            started = await browser.get(f"{stage.url}/auth/oidc/start{fresh}")
            back = await at_the_provider(browser, started.headers["Location"], stage.url)
            landed = (await browser.get(back)).headers["Location"]
            assert landed.startswith("/#/oidc?code=")
            body = {"code": landed.partition("code=")[2]}
            answer = await browser.post(f"{stage.url}/auth/oidc/token", json=body)
            bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
            me = await browser.get(f"{stage.url}/me", headers=bearer)
            assert me.json()["user"]["email"] == "grace@example.com"

            again = await browser.get(back)
            assert again.headers["Location"] == "/#/oidc?error=oidc_refused"
            keys = {"name": "mine", "scopes": ["read"]}
            made = await browser.post(f"{stage.url}/me/keys", headers=bearer, json=keys)
            assert made.status_code == (201 if fresh else 403)
