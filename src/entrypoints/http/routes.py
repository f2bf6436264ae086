"""All that answers HTTP, and the hook through which every answer leaves."""

from litestar.types import BeforeMessageSendHookHandler, ControllerRouterHandler

from entrypoints.http.accounts import ACCOUNTS
from entrypoints.http.budget import BUDGET
from entrypoints.http.dashboard import DASHBOARD
from entrypoints.http.devices import DEVICES
from entrypoints.http.documentation import DOCUMENTATION
from entrypoints.http.emporia import EMPORIA
from entrypoints.http.hardening import harden
from entrypoints.http.health import HEALTH
from entrypoints.http.live import LIVE

ROUTES: list[ControllerRouterHandler] = [
    *ACCOUNTS,
    EMPORIA,
    BUDGET,
    DEVICES,
    LIVE,
    HEALTH,
    DOCUMENTATION,
    DASHBOARD,
]

HARDEN: BeforeMessageSendHookHandler = harden
