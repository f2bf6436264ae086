"""Who may come in."""

from entrypoints.composition.accounts.audit import AuditTrail
from entrypoints.composition.accounts.keys import Keys
from entrypoints.composition.accounts.openid import OpenIdConnect
from entrypoints.composition.accounts.second_factor import SecondFactor
from entrypoints.composition.accounts.tenants import TenantParts


class Accounts(AuditTrail, Keys, SecondFactor, OpenIdConnect, TenantParts):
    """All that there is about people, a subject a container."""
