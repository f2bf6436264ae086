"""Whether somebody knows the password of an account, and how often they may try."""

from dataclasses import dataclass, field
from datetime import timedelta

from application.accounts.access import Caller
from application.ports.accounts.known_networks import KnownNetworks
from application.ports.accounts.passwords import HasLeft, PasswordHasher, never_leaves
from application.ports.accounts.refusals import Refusals
from application.ports.clock import Clock
from application.ports.events import Events
from domain.accounts.callers.networks import Network
from domain.accounts.callers.turns import Turn
from domain.accounts.events import PasswordRefused
from domain.accounts.tenants import TenantId, key_within
from domain.accounts.users import EmailAddress, PlainPassword, User
from domain.errors import InvalidInput, PasswordPaused, WrongCredentials

KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Which password is said to be whose, and by whom.

    `email` is None for what can't be an address, `network` where nobody knows it, `tenant_id` for
    the default tenant. `has_token` says that they are logged in to the account.
    """

    email: EmailAddress | None
    tenant_id: TenantId | None
    password: PlainPassword = field(repr=False)
    network: Network | None = None
    has_token: bool = False
    has_left: HasLeft = never_leaves


@dataclass(frozen=True, slots=True)
class CallersPassword:
    """What somebody who is signed in says is their password; `network` as in Proof."""

    value: str = field(repr=False)
    network: Network | None = None
    has_left: HasLeft = never_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvePassword:
    """Checks a password, with a growing pause for each email of a tenant after wrong ones.

    Nobody is locked out: the pause is short, and whoever comes from a network from which the owner
    signed in lately waits neither for that nor for the tries of others. Emails that nobody has are
    treated alike.
    """

    passwords: PasswordHasher
    refusals: Refusals
    known_networks: KnownNetworks
    events: Events
    clock: Clock

    async def __call__(self, proof: Proof, user: User | None) -> bool:
        """Whether the password is the user's; None has none, and costs the same.

        Raises PasswordPaused, or PasswordsBusy for what was not looked at.
        """
        if proof.email is None:
            return await self._fits(proof, None, is_known=False)
        if await self._is_known(proof.email, proof):
            return await self._fits(proof, user, is_known=True)
        key = key_within(proof.tenant_id, proof.email.key)
        pause = await self.refusals.begin(key)
        if pause > 0:
            raise PasswordPaused(retry_after_seconds=pause)
        fits = True  # or not looked at, which is no refusal
        try:
            fits = await self._fits(proof, user, is_known=proof.has_token)
        finally:
            await self.refusals.end(key, refused=not fits)
        return fits

    async def of_caller(self, caller: Caller, password: CallersPassword) -> None:
        """Raises WrongCredentials unless the password is the caller's; the rest as above."""
        if not await self._is_of(caller.user, password):
            await self.events.publish(PasswordRefused(user_id=caller.user.id, by=caller.actor))
            raise WrongCredentials

    async def _is_of(self, user: User, password: CallersPassword) -> bool:
        try:
            plain = PlainPassword(password.value)
        except InvalidInput:
            return False
        proof = Proof(
            email=user.email,
            tenant_id=user.tenant_id,
            password=plain,
            network=password.network,
            has_token=True,
            has_left=password.has_left,
        )
        return await self(proof, user)

    async def remember_network(self, proof: Proof, user: User) -> None:
        """Let the owner, who has just signed in, do so from there without a pause from now on."""
        if proof.network is not None:
            await self.known_networks.remember(user, proof.network, at=self.clock.now())

    async def _fits(self, proof: Proof, user: User | None, *, is_known: bool) -> bool:
        return await self.passwords.verify(
            proof.password,
            user.password_hash if user else None,
            turn=Turn(network=proof.network, is_known=is_known),
            has_left=proof.has_left,
        )

    async def _is_known(self, email: EmailAddress, proof: Proof) -> bool:
        return proof.network is not None and await self.known_networks.contains(
            email,
            proof.network,
            tenant_id=proof.tenant_id,
            since=self.clock.now() - KNOWN_FOR,
        )
