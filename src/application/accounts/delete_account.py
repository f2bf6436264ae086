"""Leaving for good."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.accounts.prove_password import Proof, ProvePassword
from application.ports.events import Events
from application.ports.passwords import HasLeft, never_leaves
from application.ports.users import UserRepository
from domain.accounts.events import UserRemoved
from domain.accounts.networks import Network
from domain.accounts.users import PlainPassword
from domain.errors import InvalidInput, WrongCredentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Who leaves, and the password that proves they mean it; `network` as in Credentials."""

    caller: Caller
    password: str = field(repr=False)
    network: Network | None = None
    has_left: HasLeft = never_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAccount:
    """Erases an account with all that was stored for it."""

    users: UserRepository
    prove_password: ProvePassword
    events: Events

    async def __call__(self, departure: Departure) -> None:
        """Raises WrongCredentials when the password is not the account's.

        Raises PasswordPaused or PasswordsBusy as a login does.
        """
        user = departure.caller.user
        try:
            password = PlainPassword(departure.password)
        except InvalidInput:
            raise WrongCredentials from None
        proof = Proof(
            email=user.email,
            password=password,
            network=departure.network,
            has_left=departure.has_left,
        )
        if not await self.prove_password(proof, user):
            raise WrongCredentials
        await self.users.remove(user.id)
        await self.events.publish(UserRemoved(user_id=user.id))
