"""Signing in with an identity that the operator's provider vouches for."""

from dependency_injector import providers

from adapters.sql.identities import SqlIdentities
from application.accounts.openid.begin import BeginJoining, BeginOpenId
from application.accounts.openid.finish import FinishOpenId
from application.accounts.openid.identities import LeaveIdentity, ReadIdentity
from application.accounts.openid.take_over import TakeOver
from application.ports.accounts.openid.flows import FlowSeals
from application.ports.accounts.openid.identity_provider import IdentityProvider
from application.ports.clock import Clock
from entrypoints.composition.accounts.people import People
from entrypoints.composition.resources import Resources, owned
from entrypoints.composition.storage import chosen
from entrypoints.settings import Settings


def _provider(settings: Settings, resources: Resources, clock: Clock) -> IdentityProvider | None:
    """The provider that the settings name; None where they name none.

    None too where client apps of tenants alone let people in: it is no tenant's.
    """
    if settings.tenant_required or not settings.oidc_issuer or not settings.oidc_client_id:
        return None

    from adapters.openid.documents import Documents
    from adapters.openid.provider import HttpxIdentityProvider

    return HttpxIdentityProvider(
        owned(resources, Documents, close_by="aclose"),
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        name=settings.oidc_name,
        wants_email=settings.oidc_signup,
        clock=clock,
    )


def _flow_seals(secrets: tuple[bytes, ...]) -> FlowSeals:
    """Loaded with the first of them, as all that needs PyJWT is."""
    from adapters.openid.flow_seals import JwtFlowSeals

    return JwtFlowSeals(secrets)


class OpenIdConnect(People):
    """The provider, the way there and back, and who signs in with what."""

    identity_provider = providers.Singleton(
        _provider, People.settings, People.resources, People.clock
    )
    identities = providers.Singleton(SqlIdentities, People.engine)
    flow_seals = providers.Singleton(_flow_seals, People.token_secrets)
    hand_overs = providers.Singleton(chosen.hand_overs, People.settings, People.engine)

    begin_open_id = providers.Factory(
        BeginOpenId,
        provider=identity_provider,
        seals=flow_seals,
        randomness=People.randomness,
        clock=People.clock,
    )
    begin_joining = providers.Factory(
        BeginJoining, begin=begin_open_id, confirm_password=People.confirm_password
    )
    finish_open_id = providers.Factory(
        FinishOpenId,
        provider=identity_provider,
        seals=flow_seals,
        identities=identities,
        users=People.users,
        register=People.register,
        check_access=People.check_access,
        hand_overs=hand_overs,
        events=People.events,
        randomness=People.randomness,
        clock=People.clock,
        makes_users=People.settings.provided.oidc_signup,
    )
    take_over = providers.Factory(
        TakeOver,
        hand_overs=hand_overs,
        users=People.users,
        begin_session=People.begin_session,
        clock=People.clock,
    )
    read_identity = providers.Factory(
        ReadIdentity, provider=identity_provider, identities=identities
    )
    leave_identity = providers.Factory(
        LeaveIdentity,
        provider=identity_provider,
        identities=identities,
        confirm_password=People.confirm_password,
        events=People.events,
    )
