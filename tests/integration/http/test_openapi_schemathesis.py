"""Whatever is sent, the answer is one that the OpenAPI document describes."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from schemathesis.config import HealthCheck, SchemathesisConfig
from schemathesis.config._operations import OperationConfig
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder

from adapters.fake.emporia.emporia_gateway import HOME
from domain.accounts.sessions import Session
from domain.accounts.users import EmailAddress, User, UserId
from domain.emporia.links import EmporiaLink, EmporiaTokens

MANY = int(os.environ.get("FUZZ", "1"))
"""How often each operation is tried at random: `make fuzz` says more."""

EXAMPLES = 8 * MANY
OF_A_TARIFF = EXAMPLES if MANY > 1 else 2
"""To make a tariff up takes a second: so deep are they. `make fuzz` makes up as many of them."""

STATEFUL = "Stateful tests"
"""The label of what follows an answer, such as ending a session that was listed."""

OPERATIONS = {
    "POST /signup",
    "POST /login",
    "GET /me",
    "DELETE /me",
    "POST /token",
    "POST /logout",
    "POST /emporia-auth",
    "DELETE /emporia-auth",
    "GET /devices",
    "GET /devices/instant",
    "GET /devices/{deviceGid}/history",
    "GET /devices/stream",
    "GET /export",
    "GET /flows",
    "GET /costs",
    "POST /import",
    "GET /import",
    "GET /import/{import_id}",
    "GET /archive",
    "GET /archive/coverage",
    "GET /me/recorder",
    "PUT /me/recorder",
    "GET /me/link",
    "GET /me/budget",
    "GET /me/sessions",
    "DELETE /me/sessions",
    "POST /me/password",
    "POST /me/keys",
    "GET /me/keys",
    "DELETE /me/keys/{key_id}",
    "GET /me/events",
    "GET /me/currency",
    "PUT /me/currency",
    "GET /me/tariffs",
    "POST /me/tariffs",
    "POST /me/second-factor",
    "GET /me/second-factor",
    "GET /auth/oidc",
    "GET /health/live",
    "GET /health/ready",
}
"""What has succeeded; the document can't know a session, or the code that an app shows."""

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GRACE = User(
    id=UserId(UUID(int=2**64)),
    email=EmailAddress("grace@example.com"),
    password_hash="generation 1: correct horse battery staple",
    created_at=NOW,
    updated_at=NOW,
)
LINK = EmporiaLink(
    user_id=GRACE.id,
    account=HOME,
    subject="home@example.com",
    emporia_username="home@example.com",
    linked_at=NOW,
    signed_in_at=NOW,
    tokens=EmporiaTokens(
        id_token="id",
        refresh_token="refresh",
        issued_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    ),
)


@pytest.fixture
def api(make_gateway: Any) -> Any:
    """The document of a gateway where every call comes from a linked user's new login."""
    gateway = make_gateway()
    gateway.container.stopping().set()  # so that even an event stream comes to its end
    gateway.user_pool.passwords["ada@example.com"] = "the password of the Emporia app"
    # How hard it is to make an example up says how busy the machine is, and how deep a tariff;
    # so does how long a day of seconds takes.
    config = SchemathesisConfig(seed=1, suppress_health_check=[HealthCheck.all])
    config.projects.default.generation.update(
        max_examples=EXAMPLES, deterministic=True, database="none"
    )
    tariffs = {"include-path-regex": "^/me/tariffs", "generation": {"max-examples": OF_A_TARIFF}}
    config.projects.default.operations.operations.append(OperationConfig.from_dict(tariffs))
    config.projects.default.update(request_timeout=60)
    # The document can't say all that makes an instant, a gid or a password acceptable.
    config.projects.default.checks.update(excluded_check_names=["positive_data_acceptance"])
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", gateway.app, config=config)

    @schema.auth(refresh_interval=None)
    class LinkedUser:
        def get(self, _case: Any, _context: Any) -> str:
            gateway.store.users[GRACE.id] = GRACE
            gateway.store.links[GRACE.id] = LINK
            access = gateway.container.issue_access().for_new_login(GRACE)
            gateway.store.sessions[access.claims.login_id] = Session(
                login_id=access.claims.login_id,
                user_id=GRACE.id,
                name="Unknown",
                address_prefix="",
                begun_at=NOW,
                last_used_at=NOW,
                ends_at=access.claims.expires_at,
                password_at=NOW,
            )
            token: str = access.token
            return token

        def set(self, case: Any, token: str, _context: Any) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}

    return schema


@pytest.fixture
def scenarios(api: Any) -> list[ScenarioRecorder]:
    """What was sent and answered: the document's examples, its edges, and random data."""
    events = list(from_schema(api).execute())
    assert [event for event in events if isinstance(event, FatalError | NonFatalError)] == []
    return [event.recorder for event in events if isinstance(event, ScenarioFinished)]


def _is_a_file(failure: Failure) -> bool:
    """Whatever is sent is a file: what it holds is found out after the answer."""
    return isinstance(failure, AcceptedNegativeData) and failure.operation == "POST /import"


def test_every_answer_is_described_and_every_example_works(
    scenarios: list[ScenarioRecorder],
) -> None:
    failures = [
        check.failure_info.failure
        for scenario in scenarios
        for checks in scenario.checks.values()
        for check in checks
        if check.failure_info and not _is_a_file(check.failure_info.failure)
    ]
    successes = {
        scenario.label
        for scenario in scenarios
        for interaction in scenario.interactions.values()
        if interaction.request.method != "OPTIONS"
        and interaction.response is not None
        and interaction.response.status_code < 300
    }
    assert failures == []
    assert successes - {STATEFUL} == OPERATIONS
