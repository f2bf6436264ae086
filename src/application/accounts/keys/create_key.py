"""A new API key."""

from dataclasses import dataclass
from datetime import datetime

from application.accounts.access import Caller
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import CallersPassword
from application.ports.accounts.api_keys import ApiKeys
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.randomness import Randomness
from domain.accounts.events import KeyMade
from domain.accounts.keys import ApiKey, KeyId, KeyLimits, KeyScope, KeySecret, key_name
from domain.errors import InvalidInput

MOST_KEYS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRequest:
    """What a key is to be good for; `limits` None is no limit, `expires_at` (UTC) None is never."""

    name: str
    scopes: frozenset[KeyScope]
    limits: KeyLimits | None = None
    expires_at: datetime | None = None
    password: CallersPassword | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateKey:
    """Makes a key and shows its secret, this once."""

    keys: ApiKeys
    confirm_password: ConfirmPassword
    events: Events
    clock: Clock
    randomness: Randomness

    async def __call__(self, caller: Caller, request: KeyRequest) -> tuple[ApiKey, KeySecret]:
        """Raises InvalidInput, TooManyKeys, or what ConfirmPassword raises.

        Raises AccessTokenInvalid where the caller's login was ended while the password was read.
        """
        name = key_name(request.name)
        now = self.clock.now()
        if request.expires_at is not None and request.expires_at <= now:
            raise InvalidInput("expiresAt: the instant is past; name one to come, or leave it out.")
        await self.confirm_password(caller, request.password)
        secret = KeySecret.of(self.randomness.number(bits=256))
        key = ApiKey(
            id=KeyId(self.randomness.identifier()),
            user_id=caller.user.id,
            name=name,
            prefix=secret.prefix,
            scopes=request.scopes,
            limits=request.limits,
            created_at=now,
            expires_at=request.expires_at,
        )
        await self.keys.add(key, secret.hash, by=caller.claims.login, most_of_user=MOST_KEYS)
        await self.events.publish(
            KeyMade(user_id=key.user_id, key_id=key.id, name=key.name, by=caller.actor)
        )
        return key, secret
