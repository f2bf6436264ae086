"""What somebody signs in with beside their password, and doing without it again."""

from dataclasses import dataclass

from application.accounts.access import Caller
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import CallersPassword
from application.ports.accounts.openid.identities import Identities
from application.ports.accounts.openid.identity_provider import IdentityProvider
from application.ports.events import Events
from domain.accounts.errors import IdentityUnknown, ProviderOff
from domain.accounts.events import IdentityLeft
from domain.accounts.identities import JoinedIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIdentity:
    """Tells whether there is a provider, and what somebody has joined of it."""

    provider: IdentityProvider | None
    identities: Identities

    @property
    def provider_name(self) -> str | None:
        """What people call the provider; None where there is none."""
        return None if self.provider is None else self.provider.name

    async def __call__(self, caller: Caller) -> JoinedIdentity | None:
        """Raises ProviderOff where there is no provider, or none for users of a tenant."""
        if self.provider is None or caller.user.tenant_id is not None:
            raise ProviderOff
        return await self.identities.of_user(caller.user.id, issuer=self.provider.issuer)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveIdentity:
    """Lets nobody sign in with it any more; whoever is signed in goes on."""

    provider: IdentityProvider | None
    identities: Identities
    confirm_password: ConfirmPassword
    events: Events

    async def __call__(self, caller: Caller, password: CallersPassword | None) -> None:
        """Raises ProviderOff, IdentityUnknown where none is joined, and as ConfirmPassword does."""
        if self.provider is None:
            raise ProviderOff
        await self.confirm_password(caller, password)
        if not await self.identities.remove(caller.user.id, issuer=self.provider.issuer):
            raise IdentityUnknown("No account of the provider is joined to yours.")
        await self.events.publish(IdentityLeft(user_id=caller.user.id, by=caller.actor))
