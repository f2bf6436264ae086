"""Whether somebody knows the password of an account, and how often they may try."""

from dataclasses import dataclass, field
from datetime import timedelta

from application.ports.clock import Clock
from application.ports.known_networks import KnownNetworks
from application.ports.passwords import HasLeft, PasswordHasher, never_leaves
from application.ports.refusals import Refusals
from domain.accounts.networks import Network
from domain.accounts.users import EmailAddress, PlainPassword, User
from domain.errors import PasswordPaused

KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Which password is said to be whose, and by whom.

    `email` is None for what can't be an address, `network` where nobody knows it.
    """

    email: EmailAddress | None
    password: PlainPassword = field(repr=False)
    network: Network | None = None
    has_left: HasLeft = never_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvePassword:
    """Checks a password, with a growing pause for each email after wrong ones.

    Nobody is locked out: the pause is short, and whoever comes from a network from which the owner
    signed in lately does not have to wait. Emails that nobody has are treated alike.
    """

    passwords: PasswordHasher
    refusals: Refusals
    known_networks: KnownNetworks
    clock: Clock

    async def __call__(self, proof: Proof, user: User | None) -> bool:
        """Whether the password is the user's; None has none, and costs the same.

        Raises PasswordPaused, or PasswordsBusy for what was not looked at.
        """
        if proof.email is None:
            return await self._fits(proof, None)
        pause = await self.refusals.begin(proof.email.key)
        if pause > 0:
            if not await self._is_known(proof.email, proof.network):
                raise PasswordPaused(retry_after_seconds=pause)
            return await self._fits(proof, user)
        fits = True  # or not looked at, which is no refusal
        try:
            fits = await self._fits(proof, user)
        finally:
            await self.refusals.end(proof.email.key, refused=not fits)
        return fits

    async def remember_network(self, proof: Proof, user: User) -> None:
        """Let the owner, who has just signed in, do so from there without a pause from now on."""
        if proof.network is not None:
            await self.known_networks.remember(user, proof.network, at=self.clock.now())

    async def _fits(self, proof: Proof, user: User | None) -> bool:
        return await self.passwords.verify(
            proof.password, user.password_hash if user else None, has_left=proof.has_left
        )

    async def _is_known(self, email: EmailAddress, network: Network | None) -> bool:
        return network is not None and await self.known_networks.contains(
            email, network, since=self.clock.now() - KNOWN_FOR
        )
