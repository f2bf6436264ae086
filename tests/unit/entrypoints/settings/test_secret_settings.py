"""Secrets are used, and never shown."""

import base64
from collections.abc import Callable

import pytest

from entrypoints.settings import Settings

SECRET = "correct-horse-battery-staple-and-more"
DATABASE = "postgresql+asyncpg://ada:hunter2@db.example/gateway?ssl=require"
KEY = base64.b64encode(b"never-shown-never-shown-never-sh").decode()


NO_DATABASE = (
    "not the address of a PostgreSQL database, such as "
    "postgresql+asyncpg://user:password@host/database; empty is SQLite in DATA_DIR."
)


def test_secrets_are_not_in_the_representation(load: Callable[..., Settings]) -> None:
    settings = load(TOKEN_SECRETS=SECRET, SEALING_KEYS=KEY, DATABASE_URL=DATABASE)

    assert "correct-horse" not in repr(settings) + str(settings)
    assert "hunter2" not in repr(settings) + str(settings)
    assert "never-shown" not in repr(settings) + str(settings)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        *(
            ("DATABASE_URL", value, NO_DATABASE)
            for value in (
                "sqlite:///hunter2.db",
                "mysql://ada:hunter2@db.example/gateway",
                "postgresql+asyncpg://ada:hunter2@db.example",
                "postgresql+asyncpg://ada:hunter2@/gateway",
                "postgresql+asyncpg://ada:hunter2@db.example/gateway/more",
                "postgresql+asyncpg://ada:hunter2@db.example/gateway?options=-csearch_path=x",
                "postgresql+asyncpg://ada:hunter2@db.example:0/gateway",
                "postgresql+asyncpg://ada:hunter2@x:y@db.example/gateway",
                "postgresql+asyncpg://ada:hunter2@db.example/gateway?ssl=on",
                "postgresql+asyncpg://ada:hunter2@db.example/gate%00way",
                f"postgresql+asyncpg://ada:hunter2@{'a' * 64}.example/gateway",
            )
        ),
        ("TOKEN_SECRETS", f"{SECRET},hunter2", "secret 2 has 7 bytes, but each needs at least 32."),
        ("SEALING_KEYS", f"{KEY},hunter2", "key 2 is not 32 bytes in base64."),
        ("SEALING_KEYS", KEY[:-4], "key 1 is not 32 bytes in base64."),
        ("SEALING_KEYS", "ключ", "key 1 is not 32 bytes in base64."),
    ],
)
def test_a_bad_secret_is_told_by_its_place_alone(
    problems_of: Callable[..., tuple[str, ...]], name: str, value: str, problem: str
) -> None:
    assert problems_of(**{name: value}) == (f"{name}: {problem}",)


CLUSTER = {
    "NATS_URL": "nats://pssst@one:4222, nats://two:4222",
    "DATABASE_URL": "postgresql+asyncpg://somebody:pssst@db/gateway",
    "TOKEN_SECRETS": SECRET,
    "SEALING_KEYS": KEY,
}


def test_many_nodes_may_have_many_servers_and_no_token_is_shown(
    load: Callable[..., Settings],
) -> None:
    settings = load(**CLUSTER, NATS_TOKEN="pssst")

    assert settings.nats_url == ("nats://pssst@one:4222", "nats://two:4222")
    assert "pssst" not in repr(settings)


@pytest.mark.parametrize("lacking", ["DATABASE_URL", "TOKEN_SECRETS", "SEALING_KEYS"])
def test_what_many_nodes_share_has_to_be_set(
    problems_of: Callable[..., tuple[str, ...]], lacking: str
) -> None:
    (problem,) = problems_of(**{**CLUSTER, lacking: ""})

    assert f"set {lacking} too" in problem


@pytest.mark.parametrize(
    "server",
    [
        "http://host",
        "nats://",
        "nats://host:0",
        "nats://host:x",
        "nats://host/path",
        "host:4222",
        f"nats://{'a' * 64}:4222",
    ],
)
def test_a_server_of_nats_that_is_none_is_told_by_its_place_alone(
    problems_of: Callable[..., tuple[str, ...]], server: str
) -> None:
    assert problems_of(**{**CLUSTER, "NATS_URL": f"nats://host,{server}"}) == (
        "NATS_URL: server 2 is not an address such as nats://localhost:4222.",
    )


@pytest.mark.parametrize("scheme", ["postgresql+asyncpg", "postgresql", "postgres"])
def test_a_database_is_reached_by_one_driver_however_it_is_named(
    load: Callable[..., Settings], scheme: str
) -> None:
    settings = load(DATABASE_URL=f" {scheme}://ada:hunter2@db.example/gateway?ssl=require ")

    assert settings.database_url == DATABASE


def test_a_database_may_be_behind_a_socket(load: Callable[..., Settings]) -> None:
    address = "postgresql+asyncpg://ada@/gateway?host=/run/postgresql"

    assert load(DATABASE_URL=address).database_url == address


def test_without_a_database_s_address_there_is_none(load: Callable[..., Settings]) -> None:
    assert load(DATABASE_URL="").database_url == ""
