"""One provider of identities: discovery, the authorization code with PKCE, and its keys."""

import base64
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus, urlencode

import msgspec

from adapters.openid.documents import Documents, failed, require_safe
from adapters.openid.id_tokens import Expected, header_of, key_for, read
from application.ports.accounts.openid.identity_provider import Answered, Asking, IdentityProvider
from application.ports.clock import Clock
from domain.accounts.errors import IdentityRefused
from domain.accounts.identities import ProvenIdentity

KEPT_SECONDS = 3600
KEYS_KEPT_AT_LEAST_SECONDS = 60
"""A token that names an unknown key has the keys read anew, but not at everybody's whim."""


class Discovered(msgspec.Struct, frozen=True):
    """What a provider tells of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class HttpxIdentityProvider(IdentityProvider):
    """Asks the provider over HTTPS, and keeps for an hour what it tells of itself."""

    def __init__(
        self,
        documents: Documents,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        name: str,
        wants_email: bool,
        clock: Clock,
    ) -> None:
        self._documents = documents
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._name = name
        self._wants_email = wants_email
        self._clock = clock
        self._discovered: tuple[float, Discovered] | None = None
        self._keys: tuple[float, list[Any]] | None = None

    @property
    def name(self) -> str:
        return self._name

    @property
    def issuer(self) -> str:
        return self._issuer

    async def address(self, asking: Asking) -> str:
        told = await self._discover()
        require_safe(told.authorization_endpoint)
        question = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": asking.return_address,
            "scope": "openid email",
            "state": asking.state,
            "nonce": asking.nonce,
            "code_challenge": asking.challenge,
            "code_challenge_method": "S256",
        }
        if asking.is_fresh:
            question["max_age"] = "0"
        joint = "&" if "?" in told.authorization_endpoint else "?"
        return f"{told.authorization_endpoint}{joint}{urlencode(question)}"

    async def prove(self, answered: Answered) -> ProvenIdentity:
        told = await self._discover()
        form = {
            "grant_type": "authorization_code",
            "code": answered.code,
            "redirect_uri": answered.return_address,
            "code_verifier": answered.verifier,
        }
        headers = self._identify(form, told)
        granted = await self._documents.post(told.token_endpoint, form, headers=headers)
        token = granted.get("id_token")
        if not isinstance(token, str):
            raise IdentityRefused
        algorithm, name = header_of(token)
        key = key_for(await self._known_keys(told), algorithm=algorithm, name=name)
        if key is None:
            keys = await self._known_keys(told, at_most_seconds=KEYS_KEPT_AT_LEAST_SECONDS)
            key = key_for(keys, algorithm=algorithm, name=name)
        if key is None:
            raise IdentityRefused
        expected = Expected(
            issuer=self._issuer,
            client_id=self._client_id,
            nonce=answered.nonce,
            now=self._clock.now(),
        )
        proven = read(token, key, algorithm=algorithm, expected=expected)
        if proven.email is None and self._wants_email and told.userinfo_endpoint is not None:
            bearer = str(granted.get("access_token", ""))
            return await self._with_email(proven, told.userinfo_endpoint, bearer)
        return proven

    async def _with_email(self, proven: ProvenIdentity, url: str, bearer: str) -> ProvenIdentity:
        """The same with the email that the provider tells only who asks for it, as many do."""
        told = await self._documents.get(url, bearer=bearer)
        email = told.get("email")
        if told.get("sub") != proven.subject or not isinstance(email, str):
            return proven
        return replace(proven, email=email)

    def _identify(self, form: dict[str, str], told: Discovered) -> dict[str, str]:
        """Say who asks: in a header where the provider takes that, else in the form."""
        if not self._client_secret:
            form["client_id"] = self._client_id
            return {}
        if "client_secret_basic" not in told.token_endpoint_auth_methods_supported:
            form |= {"client_id": self._client_id, "client_secret": self._client_secret}
            return {}
        pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    async def _discover(self) -> Discovered:
        now = self._clock.monotonic()
        if self._discovered is not None and now - self._discovered[0] < KEPT_SECONDS:
            return self._discovered[1]
        url = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            told = msgspec.convert(await self._documents.get(url), type=Discovered)
        except msgspec.ValidationError:
            raise failed("it tells too little of itself") from None
        if told.issuer != self._issuer:
            raise failed("it calls itself another issuer than OIDC_ISSUER")
        self._discovered = now, told
        return told

    async def _known_keys(
        self, told: Discovered, *, at_most_seconds: float = KEPT_SECONDS
    ) -> list[Any]:
        now = self._clock.monotonic()
        if self._keys is None or now - self._keys[0] >= at_most_seconds:
            keys = (await self._documents.get(told.jwks_uri)).get("keys")
            if not isinstance(keys, list):
                raise failed("its keys can't be read")
            self._keys = now, keys
        return self._keys[1]
