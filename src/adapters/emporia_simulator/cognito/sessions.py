"""Cognito's operations on a sign-in that was made: GetUser, and its end."""

from dataclasses import dataclass

from adapters.emporia_simulator.cognito.parameters import Body, check_client, member
from adapters.emporia_simulator.cognito.refresh_grants import RefreshGrants
from adapters.emporia_simulator.cognito.tokens import (
    TokenExpired,
    TokenForged,
    TokenRefused,
    Tokens,
)
from adapters.emporia_simulator.cognito.user_pool import User, UserPool
from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.emporia_simulator.refusals import not_authorized, pool_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """The operations of the pool on who has signed in."""

    options: SimulatorOptions
    pool: UserPool
    grants: RefreshGrants
    tokens: Tokens

    def user_of(self, body: Body) -> Body:
        """GetUser: the attributes of the user whose access token it is."""
        user = self.user_with(member(body, "AccessToken"), use="access")
        attributes = {
            "sub": user.id,
            "email_verified": "true",
            "name": user.name,
            "email": user.email,
        }
        listed = [{"Name": name, "Value": value} for name, value in attributes.items()]
        return {"Username": user.id, "UserAttributes": listed}

    def end_all(self, body: Body) -> Body:
        """GlobalSignOut: no token of the user's is good in the pool any more."""
        user = self.user_with(member(body, "AccessToken"), use="access")
        self.grants.revoke_all(user.id)
        return {}

    def end_one(self, body: Body) -> Body:
        """RevokeToken: neither a refresh token nor what came of it is good in the pool any more.

        Assumed: a token the pool never issued is no error, as RFC 7009 has it. A JWT is one: no
        refresh token is a JWT.
        """
        check_client(body, client_id=self.options.client_id)
        token = member(body, "Token")
        grant = self.grants.read(token)
        if grant is not None:
            self.grants.revoke(grant)
        elif token.count(".") == 2:
            raise pool_refusal("UnsupportedTokenTypeException", "Unsupported token type")
        return {}

    def user_with(self, token: str, *, use: str) -> User:
        """The user whose token it is.

        An id token stays good after its sign-in has ended: whoever takes one reads the token
        alone, and the pool takes none.
        """
        kind = use.capitalize()
        try:
            claims = self.tokens.check(token, use=use)
        except TokenExpired as refused:
            raise not_authorized(f"{kind} Token has expired") from refused
        except TokenForged as refused:
            raise not_authorized(f"Could not verify signature for {kind} Token") from refused
        except TokenRefused as refused:
            raise not_authorized(f"Invalid {kind} Token") from refused
        user = self.pool.known(claims["sub"])
        if user is None:
            raise not_authorized(f"Invalid {kind} Token")
        if claims["jti"] in user.ended_token_ids:
            raise not_authorized(f"{kind} Token has expired")
        if use == "access" and self.grants.is_revoked(claims["origin_jti"]):
            raise not_authorized("Access Token has been revoked")
        return user
