"""Client apps that share the gateway."""

from dependency_injector import providers

from adapters.sql.tenants import SqlTenants
from application.accounts.tenants.create_tenant import CreateTenant
from application.accounts.tenants.find_tenant import FindTenant
from application.accounts.tenants.identify_client import IdentifyClient
from application.accounts.tenants.list_tenants import ListTenants
from application.accounts.tenants.remove_tenant import RemoveTenant
from application.accounts.tenants.rotate_tenant import RotateTenant
from entrypoints.composition.accounts.people import People


class TenantParts(People):
    """Who they are to those who sign up or log in, and to the operator."""

    tenants = providers.Singleton(SqlTenants, People.engine)
    identify_client = providers.Factory(
        IdentifyClient,
        tenants=tenants,
        clock=People.clock,
        is_required=People.settings.provided.tenant_required,
    )
    find_tenant = providers.Factory(FindTenant, tenants=tenants)
    list_tenants = providers.Factory(ListTenants, tenants=tenants)
    create_tenant = providers.Factory(
        CreateTenant, tenants=tenants, clock=People.clock, randomness=People.randomness
    )
    rotate_tenant = providers.Factory(
        RotateTenant,
        tenants=tenants,
        find_tenant=find_tenant,
        clock=People.clock,
        randomness=People.randomness,
    )
    remove_tenant = providers.Factory(
        RemoveTenant,
        tenants=tenants,
        users=People.users,
        find_tenant=find_tenant,
        events=People.events,
    )
