"""The way to the provider: to sign in, or to join an identity to one's account."""

from dataclasses import dataclass, field

from application.accounts.access import Caller
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import CallersPassword
from application.ports.accounts.openid.flows import FlowSeals
from application.ports.accounts.openid.identity_provider import Asking, IdentityProvider
from application.ports.clock import Clock
from application.ports.randomness import Randomness
from domain.accounts.errors import ProviderOff
from domain.accounts.identities import FLOW_LASTS, Flow, Joiner, challenge_of

BITS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Where the browser goes, and what it has to bring back."""

    address: str
    sealed_flow: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginOpenId:
    """Sends somebody to the provider, in a flow that only their browser can come back from."""

    provider: IdentityProvider | None
    seals: FlowSeals
    randomness: Randomness
    clock: Clock

    async def __call__(
        self, *, return_address: str, is_fresh: bool = False, joiner: Joiner | None = None
    ) -> Begun:
        """Raises ProviderOff, or ProviderUnavailable."""
        if self.provider is None:
            raise ProviderOff
        flow = Flow(
            state=self._secret(),
            nonce=self._secret(),
            verifier=self._secret(),
            return_address=return_address,
            until=self.clock.now() + FLOW_LASTS,
            joiner=joiner,
        )
        address = await self.provider.address(
            Asking(
                return_address=return_address,
                state=flow.state,
                nonce=flow.nonce,
                challenge=challenge_of(flow.verifier),
                is_fresh=is_fresh,
            )
        )
        return Begun(address=address, sealed_flow=self.seals.seal(flow))

    def _secret(self) -> str:
        return f"{self.randomness.number(bits=BITS):064x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginJoining:
    """Sends somebody who is signed in to the provider, to join an identity to their account."""

    begin: BeginOpenId
    confirm_password: ConfirmPassword

    async def __call__(
        self, caller: Caller, password: CallersPassword | None, *, return_address: str
    ) -> Begun:
        """Raises as BeginOpenId and ConfirmPassword do; ProviderOff for users of a tenant too.

        The provider is the page's: it would lead around the tenant's own client app.
        """
        if caller.user.tenant_id is not None:
            raise ProviderOff
        await self.confirm_password(caller, password)
        claims = caller.claims
        joiner = Joiner(user_id=caller.user.id, login_id=claims.login_id, login_at=claims.login_at)
        return await self.begin(return_address=return_address, joiner=joiner)
