"""Cognito's operations: the three sign-in flows, the answer to their challenge, and renewal."""

import base64
import binascii
import re
import time
from dataclasses import dataclass

from adapters.emporia_simulator.cognito import srp
from adapters.emporia_simulator.cognito.parameters import (
    Body,
    check_client,
    invalid,
    member,
    parameter,
    parameters_of,
    violated,
)
from adapters.emporia_simulator.cognito.refresh_grants import RefreshGrant, RefreshGrants
from adapters.emporia_simulator.cognito.tokens import Tokens
from adapters.emporia_simulator.cognito.user_pool import (
    CHALLENGE_SECONDS,
    Challenge,
    User,
    UserPool,
)
from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.emporia_simulator.homes.customers import UserState
from adapters.emporia_simulator.refusals import not_authorized, pool_refusal
from adapters.emporia_simulator.workers import Workers

_WRONG_PASSWORD = "Incorrect username or password."  # noqa: S105 - a message
_FLOWS = (
    "USER_SRP_AUTH",
    "REFRESH_TOKEN_AUTH",
    "REFRESH_TOKEN",
    "CUSTOM_AUTH",
    "ADMIN_NO_SRP_AUTH",
    "USER_PASSWORD_AUTH",
    "ADMIN_USER_PASSWORD_AUTH",
    "USER_AUTH",
)
_TIMESTAMP = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{2}:\d{2}:\d{2} UTC \d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The operations of the pool, on its users."""

    options: SimulatorOptions
    pool: UserPool
    grants: RefreshGrants
    tokens: Tokens
    workers: Workers

    async def initiate(self, body: Body) -> Body:
        """InitiateAuth: begin a sign-in, or renew one."""
        check_client(body, client_id=self.options.client_id)
        parameters = parameters_of(body, "AuthParameters")
        match member(body, "AuthFlow"):
            case "USER_SRP_AUTH":
                return await self._begin_srp(parameters)
            case "USER_PASSWORD_AUTH":
                return await self._with_password(parameters)
            case "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN":
                return await self._refresh(parameter(parameters, "REFRESH_TOKEN"))
            case "ADMIN_NO_SRP_AUTH" | "ADMIN_USER_PASSWORD_AUTH":
                raise invalid("Initiate Auth method not supported.")
            case "CUSTOM_AUTH" | "USER_AUTH" as flow:
                raise invalid(f"{flow} flow not enabled for this client")
            case flow:
                known = f"Member must satisfy enum value set: [{', '.join(_FLOWS)}]"
                raise violated("AuthFlow", shown=f"'{flow}'", constraint=known)

    async def respond(self, body: Body) -> Body:
        """RespondToAuthChallenge: where a password turns out right or wrong.

        Assumed: here, after the password, is also where a user's state is told: the pool hides who
        exists, and the first step would give it away.
        """
        check_client(body, client_id=self.options.client_id)
        if member(body, "ChallengeName") != "PASSWORD_VERIFIER":
            raise invalid("Unsupported challenge")
        responses = parameters_of(body, "ChallengeResponses")
        name = parameter(responses, "USERNAME")
        block = _decoded(parameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK"))
        claimed = parameter(responses, "PASSWORD_CLAIM_SIGNATURE")
        timestamp = parameter(responses, "TIMESTAMP")
        if not _TIMESTAMP.fullmatch(timestamp):
            raise invalid("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
        challenge = self.pool.take(block)
        if challenge is None or self.pool.find(name).id != challenge.user.id:
            raise not_authorized(_WRONG_PASSWORD)
        if time.time() > challenge.expires_at:
            raise not_authorized("Invalid session for the user, session is expired.")
        expected = await self.workers.run(self._signature, challenge, block, timestamp)
        return await self._admit(challenge.user, password_is_right=expected == claimed)

    async def renew(self, body: Body) -> Body:
        """GetTokensFromRefreshToken: what newer clients renew a sign-in with."""
        check_client(body, client_id=self.options.client_id)
        renewed = await self._refresh(member(body, "RefreshToken"))
        return {"AuthenticationResult": renewed["AuthenticationResult"]}

    async def _begin_srp(self, parameters: Body) -> Body:
        user = self.pool.find(parameter(parameters, "USERNAME"))
        client_shown = _hexadecimal(parameter(parameters, "SRP_A"))
        if not srp.is_usable(client_shown):
            raise invalid("SRP_A is invalid")
        stored_verifier, keys = await self.workers.run(self._server_keys, user)
        challenge = Challenge(
            user=user,
            keys=keys,
            client_shown=client_shown,
            stored_verifier=stored_verifier,
            expires_at=time.time() + CHALLENGE_SECONDS,
        )
        block = self.pool.remember(challenge)
        return {
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeParameters": {
                "SALT": f"{user.salt:x}",
                "SECRET_BLOCK": base64.b64encode(block).decode(),
                "SRP_B": f"{keys.shown:x}",
                "USERNAME": user.id,
                "USER_ID_FOR_SRP": user.id,
            },
        }

    async def _with_password(self, parameters: Body) -> Body:
        user = self.pool.find(parameter(parameters, "USERNAME"))
        password = parameter(parameters, "PASSWORD")
        return await self._admit(user, password_is_right=password == user.password)

    async def _refresh(self, token: str) -> Body:
        grant = self.grants.read(token)
        user = None if grant is None else self.pool.known(grant.user_id)
        if grant is None or user is None:
            raise not_authorized("Invalid Refresh Token")
        if self.grants.is_revoked(grant.origin):
            raise not_authorized("Refresh Token has been revoked")
        if time.time() >= grant.expires_at:
            raise not_authorized("Refresh Token has expired")
        return await self._result(user, grant)

    async def _admit(self, user: User, *, password_is_right: bool) -> Body:
        if user.locked:
            raise not_authorized("Password attempts exceeded")
        if user.password is None or not password_is_right:
            user.failed(
                before_lockout=self.options.failures_before_lockout,
                lockout_seconds=self.options.lockout_seconds,
            )
            raise not_authorized(_WRONG_PASSWORD)
        user.succeeded()
        if user.state is UserState.RESET_REQUIRED:
            message = "Password reset required for the user"
            raise pool_refusal("PasswordResetRequiredException", message)
        if user.state is UserState.UNCONFIRMED:
            raise pool_refusal("UserNotConfirmedException", "User is not confirmed.")
        lifetime_seconds = self.options.refresh_token_lifetime_seconds
        token, grant = self.grants.issue(user.id, lifetime_seconds=lifetime_seconds)
        return await self._result(user, grant, RefreshToken=token)

    async def _result(self, user: User, grant: RefreshGrant, **more: str) -> Body:
        tokens = await self.workers.run(
            self.tokens.issue, user, signed_in_at=int(grant.signed_in_at), origin=grant.origin
        )
        result = {**tokens, **more, "ExpiresIn": self.tokens.expires_in, "TokenType": "Bearer"}
        return {"AuthenticationResult": result, "ChallengeParameters": {}}

    @property
    def _pool_name(self) -> str:
        return self.options.pool_id.partition("_")[2]

    def _server_keys(self, user: User) -> tuple[int, srp.ServerKeys]:
        stored_verifier = srp.verifier(
            pool_name=self._pool_name,
            user_id=user.id,
            password=user.password or "",
            salt=user.salt,
        )
        return stored_verifier, srp.ServerKeys.new(stored_verifier)

    def _signature(self, challenge: Challenge, block: bytes, timestamp: str) -> str:
        key = challenge.keys.signing_key(
            client_shown=challenge.client_shown, stored_verifier=challenge.stored_verifier
        )
        return srp.signature(
            key,
            pool_name=self._pool_name,
            user_id=challenge.user.id,
            secret_block=block,
            timestamp=timestamp,
        )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as refused:
        raise not_authorized(_WRONG_PASSWORD) from refused


def _hexadecimal(text: str) -> int:
    if not re.fullmatch(r"[0-9a-fA-F]{1,800}", text):
        raise invalid("SRP_A must be hexadecimal")
    return int(text, 16)
