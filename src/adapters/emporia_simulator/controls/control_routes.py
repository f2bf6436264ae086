"""The simulator's own API, for tests and demos: time, faults, users, and what was asked of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from adapters.emporia_simulator.cloud import Cloud
from adapters.emporia_simulator.cognito.user_pool import User
from adapters.emporia_simulator.controls.faults import Fault
from adapters.emporia_simulator.device_api.usages import iso
from adapters.emporia_simulator.homes.customers import UserState
from adapters.emporia_simulator.refusals import device_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """`now` jumps there; `speed` 0 stands still from then on; `wall` follows the wall clock."""

    now: datetime | None = None
    speed: float | None = None
    wall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange:
    """What to change of a user; what is None stays."""

    state: UserState | None = None
    password: str | None = None


@get("/simulator")
async def overview(cloud: NamedDependency[Cloud]) -> dict[str, Any]:
    """Everything about the simulator at a glance."""
    return {
        "clock": _clock(cloud),
        "faults": cloud.faults.active,
        "seconds": cloud.options.seconds,
        "noise": cloud.options.noise,
        "empty_when_forgotten": cloud.options.empty_when_forgotten,
        "issuer": cloud.sign_in.tokens.issuer,
        "pool_id": cloud.options.pool_id,
        "client_id": cloud.options.client_id,
        "users": [_user(user) for user in cloud.pool.users],
    }


@get("/simulator/clock")
async def clock(cloud: NamedDependency[Cloud]) -> dict[str, Any]:
    """The homes' time."""
    return _clock(cloud)


@put("/simulator/clock")
async def set_clock(data: JSONBody[ClockChange], cloud: NamedDependency[Cloud]) -> dict[str, Any]:
    """Change the homes' time."""
    if data.wall:
        cloud.clock.follow_the_wall()
    if data.now is not None:
        cloud.clock.set(data.now)
    if data.speed is not None:
        cloud.clock.run(speed=data.speed)
    return _clock(cloud)


@get("/simulator/faults")
async def faults(cloud: NamedDependency[Cloud]) -> list[Fault]:
    """The faults that are switched on."""
    return cloud.faults.active


@post("/simulator/faults")
async def add_fault(data: JSONBody[Fault], cloud: NamedDependency[Cloud]) -> list[Fault]:
    """Switch a fault on."""
    cloud.faults.add(data)
    return cloud.faults.active


@delete("/simulator/faults")
async def clear_faults(cloud: NamedDependency[Cloud]) -> None:
    """Switch every fault off."""
    cloud.faults.clear()


@put("/simulator/users/{email:str}")
async def change_user(
    email: FromPath[str], data: JSONBody[UserChange], cloud: NamedDependency[Cloud]
) -> dict[str, Any]:
    """Change a user's state or password; a lock-out ends."""
    user = _known(cloud, email)
    if data.state is not None:
        user.state = data.state
    if data.password is not None:
        user.password = data.password
    user.succeeded()
    return _user(user)


@post("/simulator/users/{email:str}/revoke-refresh-tokens", status_code=200)
async def revoke(email: FromPath[str], cloud: NamedDependency[Cloud]) -> dict[str, int]:
    """Revoke all refresh tokens of a user."""
    return {"revoked": cloud.grants.revoke_all(_known(cloud, email).id)}


@post("/simulator/users/{email:str}/expire-tokens", status_code=200)
async def expire(email: FromPath[str], cloud: NamedDependency[Cloud]) -> dict[str, Any]:
    """Have all id and access tokens of a user read as expired; refreshing brings good ones."""
    user = _known(cloud, email)
    user.end_tokens()
    return _user(user)


@get("/simulator/requests")
async def requests(cloud: NamedDependency[Cloud]) -> dict[str, Any]:
    """What was asked, by customer and method."""
    return cloud.requests.report()


@get("/simulator/requests/{email:str}")
async def requests_of(email: FromPath[str], cloud: NamedDependency[Cloud]) -> dict[str, Any]:
    """A customer's requests of 24 hours by the homes' clock, and how often each chart window was
    answered."""
    customer = _known(cloud, email).email
    asked = cloud.windows.report(customer)
    for window in asked["windows"]:
        window.update(start=iso(window["start"]), end=iso(window["end"]))
    return {**cloud.rolling.report(customer, cloud.clock.now()), **asked}


@delete("/simulator/requests")
async def reset_requests(cloud: NamedDependency[Cloud]) -> None:
    """Count from nothing again."""
    for counts in (cloud.requests, cloud.rolling, cloud.windows):
        counts.reset()


def _known(cloud: Cloud, email: str) -> User:
    user = cloud.pool.known(email)
    if user is None:
        raise device_refusal(404, f"no user {email}")
    return user


def _user(user: User) -> dict[str, Any]:
    return {"email": user.email, "id": user.id, "state": user.state, "locked": user.locked}


def _clock(cloud: Cloud) -> dict[str, Any]:
    return {
        "now": datetime.fromtimestamp(cloud.clock.now(), UTC).isoformat(),
        "speed": cloud.clock.speed,
    }


ROUTES = (
    overview,
    clock,
    set_clock,
    faults,
    add_fault,
    clear_faults,
    change_user,
    revoke,
    expire,
    requests,
    requests_of,
    reset_requests,
)
