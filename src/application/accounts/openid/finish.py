"""The way back from the provider."""

import hmac
from dataclasses import dataclass, field

from application.accounts.check_access import CheckAccess
from application.accounts.register import Register, Registration
from application.ports.accounts.openid.flows import FlowSeals, HandOvers
from application.ports.accounts.openid.identities import Identities
from application.ports.accounts.openid.identity_provider import Answered, IdentityProvider
from application.ports.accounts.users import UserRepository
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.randomness import Randomness
from domain.accounts.callers.actors import Actor
from domain.accounts.callers.networks import Network
from domain.accounts.callers.visits import Visit, unseen
from domain.accounts.errors import (
    IdentityRefused,
    IdentityTaken,
    IdentityUnknown,
    ProviderOff,
)
from domain.accounts.events import IdentityJoined
from domain.accounts.identities import Flow, HandOver, JoinedIdentity, Joiner, ProvenIdentity
from domain.accounts.sessions import PASSWORD_HOLDS
from domain.accounts.users import UserId

BITS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What a browser comes back with; "" or None for what is missing."""

    sealed_flow: str = field(repr=False)
    state: str = field(repr=False)
    code: str = field(repr=False)
    issuer: str | None = None
    network: Network | None = None
    visit: Visit = field(default_factory=unseen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What the page fetches its token with: the code, by the browser that has the binding."""

    code: str = field(repr=False)
    binding: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishOpenId:
    """Finds whom the provider vouches for, by issuer and subject alone.

    Never by email: the owner of an address at the provider need not be its owner here. So an
    account that exists is joined by its own user, who is signed in.
    """

    provider: IdentityProvider | None
    seals: FlowSeals
    identities: Identities
    users: UserRepository
    register: Register
    check_access: CheckAccess
    hand_overs: HandOvers
    events: Events
    randomness: Randomness
    clock: Clock
    makes_users: bool

    async def __call__(self, back: Return) -> Ticket | None:
        """A ticket for somebody who signed in, None for somebody who joined an identity.

        Raises IdentityRefused, ProviderUnavailable or ProviderOff; IdentityUnknown where nobody
        has joined it and nobody new is let in; EmailTaken, EmailInvalid, SignUpClosed or
        PasswordsBusy for somebody new; IdentityTaken, AccessTokenInvalid or UserNotFound for
        somebody who joins.
        """
        if self.provider is None:
            raise ProviderOff
        flow = self._flow(back, self.provider.issuer)
        proven = await self.provider.prove(
            Answered(
                code=back.code,
                nonce=flow.nonce,
                verifier=flow.verifier,
                return_address=flow.return_address,
            )
        )
        if flow.joiner is not None:
            await self._join(proven, flow.joiner, Actor.session(back.visit))
            return None
        user_id = await self.identities.owner_of(issuer=proven.issuer, subject=proven.subject)
        if user_id is None:
            user_id = await self._welcome(proven, back)
        return await self._ticket(user_id, proven)

    def _flow(self, back: Return, issuer: str) -> Flow:
        """The flow that this is the return of."""
        flow = self.seals.open(back.sealed_flow, now=self.clock.now())
        if (
            flow is None
            or not back.code
            or not hmac.compare_digest(flow.state.encode(), back.state.encode())
            or back.issuer not in {None, issuer}
        ):
            raise IdentityRefused
        return flow

    async def _join(self, proven: ProvenIdentity, joiner: Joiner, by: Actor) -> None:
        await self.check_access.user_of(
            joiner.user_id, login_id=joiner.login_id, login_at=joiner.login_at
        )
        if not await self._keep(proven, joiner.user_id):
            raise IdentityTaken
        await self.events.publish(IdentityJoined(user_id=joiner.user_id, by=by))

    async def _welcome(self, proven: ProvenIdentity, back: Return) -> UserId:
        """Open an account for somebody new, with a password that nobody knows."""
        if not self.makes_users or proven.email is None:
            raise IdentityUnknown
        registration = Registration(
            email=proven.email,
            password=self._secret(),
            network=back.network,
            by=Actor.visitor(back.visit),
        )
        user = await self.register(registration)
        if not await self._keep(proven, user.id):
            await self.users.remove(user.id)  # they came twice at once
            raise IdentityTaken
        return user.id

    async def _keep(self, proven: ProvenIdentity, user_id: UserId) -> bool:
        return await self.identities.add(
            JoinedIdentity(
                user_id=user_id,
                issuer=proven.issuer,
                subject=proven.subject,
                joined_at=self.clock.now(),
            )
        )

    async def _ticket(self, user_id: UserId, proven: ProvenIdentity) -> Ticket:
        now = self.clock.now()
        ticket = Ticket(code=self._secret(), binding=self._secret())
        is_fresh = proven.proved_at is not None and now - proven.proved_at <= PASSWORD_HOLDS
        await self.hand_overs.add(
            ticket.code,
            HandOver(user_id=user_id, binding=ticket.binding, begun_at=now, is_fresh=is_fresh),
        )
        return ticket

    def _secret(self) -> str:
        return f"{self.randomness.number(bits=BITS):064x}"
