"""What happened to accounts, kept and read."""

from dependency_injector import providers

from adapters.memory.trail import WriteBehindTrail
from adapters.sql.trail import SqlTrail
from application.accounts.trail.list_events import ListEvents
from application.accounts.trail.list_events_of import ListEventsOf
from application.accounts.trail.read_audit import ReadAudit
from entrypoints.composition.accounts.people import People
from entrypoints.composition.resources import owned
from entrypoints.composition.storage import chosen


class AuditTrail(People):
    """The trail. A power cut may cost its newest lines: waiting for the disk is for sign-ins."""

    trail = providers.Singleton(
        owned,
        People.resources,
        WriteBehindTrail,
        providers.Singleton(
            SqlTrail, providers.Callable(chosen.hasty, People.settings, People.engine)
        ),
        clock=People.clock,
    )
    list_events = providers.Factory(
        ListEvents, trail=trail, clock=People.clock, days=People.settings.provided.audit_days
    )
    list_events_of = providers.Factory(
        ListEventsOf,
        users=People.users,
        trail=trail,
        clock=People.clock,
        days=People.settings.provided.audit_days,
    )
    read_audit = providers.Factory(
        ReadAudit, trail=trail, clock=People.clock, days=People.settings.provided.audit_days
    )
