"""All that answers HTTP, and the hook through which every answer leaves."""

from litestar.types import BeforeMessageSendHookHandler, ControllerRouterHandler

from entrypoints.http.accounts import ACCOUNTS
from entrypoints.http.devices import DEVICES
from entrypoints.http.documentation import DOCUMENTATION
from entrypoints.http.emporia import EMPORIA
from entrypoints.http.hardening import harden
from entrypoints.http.health import HEALTH

ROUTES: list[ControllerRouterHandler] = [*ACCOUNTS, EMPORIA, DEVICES, HEALTH, DOCUMENTATION]

HARDEN: BeforeMessageSendHookHandler = harden
