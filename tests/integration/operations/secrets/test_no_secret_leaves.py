"""The whole contract with marked secrets: none is in a log, an answer, or a file it should not be.

A leak is planted in each of these, too: a net that catches nothing proves nothing.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from dependency_injector import providers

from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.emporia_simulator.device_api import status_documents
from adapters.fake.secret_box import TransparentSecretBox
from adapters.security.argon2 import Argon2PasswordHasher
from adapters.security.sealing import AesGcmSecretBox
from application.operations.count_events import CountEvents
from domain.accounts.users import PlainPassword
from entrypoints.composition import Container
from entrypoints.composition.storage import backup, packing
from entrypoints.failures import answer
from tests.integration.operations.secrets.leaks import Seen, logging_to
from tests.integration.operations.secrets.whole_contract import (
    BREAKER_PIN,
    IN_AN_EXCEPTION,
    OTHERS_EMAIL,
    PASSWORD,
    SkippingClock,
    Visit,
    fixed_secrets,
)
from tests.servers.postgres import ON_POSTGRESQL

PLAIN_BACKUP = set() if ON_POSTGRESQL else {"file plain backup"}
BACKUPS = PLAIN_BACKUP and {*PLAIN_BACKUP, "sealed backup"}
LINKS = {"table emporia_links"} if ON_POSTGRESQL else {"file gateway.sqlite3"}
LAST_ANSWERS = {"table last_answers"} if ON_POSTGRESQL else LINKS


class TalkativeHasher(Argon2PasswordHasher):
    """Tells the log what it hashes."""

    async def hash(self, password: PlainPassword, **more: Any) -> str:
        logging.getLogger("adapters.security.argon2").info("hashing %s", password.value)
        return await super().hash(password, **more)


@pytest.fixture(autouse=True)
def marked_pin(monkeypatch) -> None:
    """Let the simulated charger have a PIN that can be found again."""
    settings = status_documents._charger_settings
    monkeypatch.setattr(
        status_documents,
        "_charger_settings",
        lambda charger: {**settings(charger), "breakerPIN": BREAKER_PIN},
    )


@pytest.fixture
def breaking(monkeypatch) -> Callable[[], AbstractContextManager[None]]:
    """A bug in the middle of a call, with a text of its own."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError(IN_AN_EXCEPTION)

    @contextmanager
    def break_it() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(HttpxEmporiaGateway, "usages", broken)
            yield

    return break_it


LeaksOf = Callable[[Callable[[Any], None]], Awaitable[list[str]]]


@pytest.fixture
def leaks_of(stages, breaking, free_port) -> LeaksOf:
    """What leaks in a visit to a gateway in which something was planted."""

    async def visit_it(plant: Callable[[Any], None]) -> list[str]:
        seen, clock = Seen(), SkippingClock()
        with Container.clock.override(providers.Callable(lambda: clock)):
            async with stages(metrics_port=free_port, emporia_keep_password=True) as stage:
                plant(stage.container)
                visit = Visit(stage, seen, clock)
                with logging_to(seen):
                    await visit.run(breaking)
                    figures = await stage.client.get(f"http://127.0.0.1:{free_port}/metrics")
                seen.note("metrics", figures.content)
        return leaks_in(seen, visit)

    return visit_it


def leaks_in(seen: Seen, visit: Visit) -> list[str]:
    """The leaks, if all was seen that should have been."""
    assert b"call_failed" in seen.places["log as json"]
    assert b"emporia_gateway_polls_total" in seen.places["metrics"]
    assert {"stream", "events", *LINKS, *BACKUPS} <= seen.places.keys()
    assert {"token-secret", "sealing-key"} <= {secret.name for secret in visit.secrets}
    return seen.leaks([*fixed_secrets(), *visit.secrets])


async def test_no_secret_leaves_the_gateway(leaks_of) -> None:
    assert await leaks_of(lambda _: None) == []


async def test_a_password_in_the_log_is_caught(leaks_of) -> None:
    def plant(container: Any) -> None:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        container.passwords.override(providers.Object(TalkativeHasher(argon2=cheap)))

    leaks = await leaks_of(plant)

    assert {"password in log as console", "password in log as json"} <= set(leaks)


async def test_a_token_that_is_not_sealed_is_caught(leaks_of, monkeypatch) -> None:
    for way in ("seal", "open"):
        monkeypatch.setattr(AesGcmSecretBox, way, getattr(TransparentSecretBox, way))

    leaks = await leaks_of(lambda _: None)

    for secret, places in (
        ("Emporia's refresh token", LINKS),
        ("Emporia password", LINKS | PLAIN_BACKUP),
        ("name of a circuit", LAST_ANSWERS | PLAIN_BACKUP),
    ):
        for place in places:
            assert any(leak.startswith(f"{secret} in {place}") for leak in leaks)


@pytest.mark.of_sqlite("PostgreSQL is backed up by pg_dump")
async def test_a_backup_that_others_can_read_and_one_that_is_not_sealed_are_caught(
    leaks_of, monkeypatch
) -> None:
    def open_to_all(draft: Path, file: Path) -> None:
        draft.chmod(0o644)
        draft.replace(file)

    def unsealed(_: str, plain: Path, sealed: Path) -> None:
        sealed.write_bytes(plain.read_bytes())

    monkeypatch.setattr(backup, "put_in_place", open_to_all)
    monkeypatch.setattr(packing, "seal_to", unsealed)

    leaks = await leaks_of(lambda _: None)

    assert {"mode of file plain backup", "mode of sealed backup"} <= set(leaks)
    assert {"sealing-key in sealed backup", "own email in sealed backup"} <= set(leaks)


async def test_a_password_in_an_answer_is_caught(leaks_of, monkeypatch) -> None:
    told = answer.ErrorBody
    monkeypatch.setattr(answer, "ErrorBody", lambda text: told(f"{text} {PASSWORD}"))

    leaks = await leaks_of(lambda _: None)

    assert any(leak.startswith("password in answer to GET") for leak in leaks)


async def test_an_email_in_a_label_is_caught(leaks_of, monkeypatch) -> None:
    monkeypatch.setattr(CountEvents, "counts", property(lambda _: {OTHERS_EMAIL: 1}))

    assert "somebody else's email in metrics" in await leaks_of(lambda _: None)
