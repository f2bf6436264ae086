"""All that answers HTTP, and the hooks through which every answer leaves."""

from litestar import Router
from litestar.types import BeforeMessageSendHookHandler

from entrypoints.http.accounts import ACCOUNTS
from entrypoints.http.answers.errors import vary_failures
from entrypoints.http.answers.hardening import harden
from entrypoints.http.archive import ARCHIVE
from entrypoints.http.billing import BILLING
from entrypoints.http.budget import BUDGET
from entrypoints.http.devices import DEVICES
from entrypoints.http.emporia import EMPORIA
from entrypoints.http.exchange.export import EXPORT
from entrypoints.http.exchange.import_ import IMPORT
from entrypoints.http.flows import FLOWS
from entrypoints.http.histories import HISTORIES
from entrypoints.http.live import LIVE
from entrypoints.http.operations import HEALTH
from entrypoints.http.page.dashboard import DASHBOARD
from entrypoints.http.page.documentation import DOCUMENTATION
from entrypoints.http.page.failures import FAILURES
from entrypoints.http.recorder import RECORDER

ROUTES: list[Router] = [
    *ACCOUNTS,
    EMPORIA,
    BUDGET,
    DEVICES,
    LIVE,
    ARCHIVE,
    HISTORIES,
    FLOWS,
    RECORDER,
    EXPORT,
    IMPORT,
    BILLING,
    HEALTH,
    DOCUMENTATION,
    FAILURES,
    DASHBOARD,
]

BEFORE_SEND: list[BeforeMessageSendHookHandler] = [harden, vary_failures]
