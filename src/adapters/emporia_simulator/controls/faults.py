"""What can go wrong on purpose: where, how often and in which shape."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from adapters.emporia_simulator.refusals import (
    ConnectionCut,
    Refusal,
    device_refusal,
    not_authorized,
    pool_refusal,
)

DEVICE_API = "device-api"
USER_POOL = "user-pool"


class FaultKind(StrEnum):
    """The ways a request can go wrong. The user pool answers the refusals in its own words."""

    LATENCY = "latency"
    UNAUTHORIZED = "unauthorized"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    BAD_REQUEST = "bad_request"
    TRUNCATED_JSON = "truncated_json"
    CONNECTION_RESET = "connection_reset"
    MAINTENANCE = "maintenance"
    NULL_USAGE = "null_usage"
    EMPTY_DEVICES = "empty_devices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong until it is removed or has happened `times` times."""

    kind: FaultKind
    route: str = DEVICE_API
    """`device-api`, `user-pool`, a path, an apiMethod or an operation of the user pool."""
    times: int | None = None
    """How often; None is until it is removed."""
    seconds: float = 1.0
    """How long latency lasts, and the Retry-After of a rate limit (rounded up)."""
    status: int = 503
    """The status of a server error; the cloud has been seen to send 499, 500, 502 and 503."""
    message: str | None = None
    """What the answer says; None is what the cloud would say."""
    error_type: str = "InvalidParameterException"
    """What the user pool calls a bad request; `LimitExceededException` is one, and
    `UserNotFoundException` what a pool says that does not hide who exists."""


@dataclass(slots=True)
class Faults:
    """The faults switched on at present, the oldest first."""

    active: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Switch a fault on."""
        if fault.times != 0:
            self.active.append(fault)

    def clear(self) -> None:
        """Let everything go right again."""
        self.active.clear()

    @property
    def maintenance(self) -> bool:
        """Whether the cloud is down for maintenance, whichever routes are hit."""
        return any(fault.kind is FaultKind.MAINTENANCE for fault in self.active)

    def next_for(self, *, group: str, method: str) -> tuple[float, Fault | None]:
        """The latency of a request, and the first fault that hits it; both count as happened."""
        hitting = [fault for fault in self.active if fault.route in (group, method)]
        delays = [fault for fault in hitting if fault.kind is FaultKind.LATENCY]
        others = [fault for fault in hitting if fault.kind is not FaultKind.LATENCY]
        for fault in (*delays, *others[:1]):
            self._use_up(fault)
        return sum(fault.seconds for fault in delays), others[0] if others else None

    def _use_up(self, fault: Fault) -> None:
        position = next(i for i, known in enumerate(self.active) if known is fault)
        if fault.times is None:
            return
        if fault.times > 1:
            self.active[position] = replace(fault, times=fault.times - 1)
        else:
            del self.active[position]


def raise_for_device_api(fault: Fault) -> None:
    """End a device API request as the fault demands; altering faults are left to the answer."""
    match fault.kind:
        case FaultKind.UNAUTHORIZED:
            raise device_refusal(401, fault.message or "Unauthorized")
        case FaultKind.RATE_LIMITED:
            headers = {"Retry-After": str(-int(-fault.seconds // 1))}
            raise device_refusal(429, "Too Many Requests", headers=headers)
        case FaultKind.SERVER_ERROR:
            raise device_refusal(fault.status, fault.message or "Internal server error")
        case FaultKind.BAD_REQUEST:
            raise device_refusal(400, fault.message or "Bad Request")
        case FaultKind.MAINTENANCE:
            raise Refusal(503, b"Service Unavailable", content_type="text/plain")
        case FaultKind.TRUNCATED_JSON:
            raise Refusal(200, b'{"deviceListUsages":{"instant":"20')
        case FaultKind.CONNECTION_RESET:
            raise ConnectionCut


def raise_for_user_pool(fault: Fault) -> None:
    """End a user pool request as the fault demands."""
    match fault.kind:
        case FaultKind.UNAUTHORIZED:
            raise not_authorized(fault.message or "Incorrect username or password.")
        case FaultKind.RATE_LIMITED:
            raise pool_refusal("TooManyRequestsException", "Rate exceeded")
        case FaultKind.SERVER_ERROR | FaultKind.MAINTENANCE:
            raise pool_refusal("InternalErrorException", "Internal Error", status=500)
        case FaultKind.BAD_REQUEST:
            raise pool_refusal(fault.error_type, fault.message or "Invalid parameter")
        case FaultKind.TRUNCATED_JSON:
            raise Refusal(200, b'{"AuthenticationResult":{"Acc')
        case FaultKind.CONNECTION_RESET:
            raise ConnectionCut
