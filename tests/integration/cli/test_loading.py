"""A start loads what it uses: the rest comes with its first use, or not at all."""

import subprocess
import sys

import pytest

LATER_OR_NEVER = [
    "adapters.emporia_simulator",
    "adapters.postgresql",
    "adapters.prometheus",
    "aiohttp",
    "alembic",
    "asyncpg",
    "attr",
    "boto3",
    "botocore",
    "jwt",
    "litestar.plugins.pydantic",
    "prometheus_client",
    "pycognito",
    "pydantic.v1",
    "pydantic_settings",
    "pygments",
    "pyrage",
    "rich",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.orm",
    "yaml",
]


@pytest.fixture
def loaded(run, start) -> list[str]:
    """Every module that a gateway loads until it listens, on a database that is there already."""
    run("migrate")
    with start("serve", until="Listening on", PYTHONPROFILEIMPORTTIME="1") as gateway:
        lines = gateway.said.splitlines()
    return [line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")]


@pytest.mark.of_sqlite("PostgreSQL is loaded where it is named")
def test_a_start_loads_nothing_heavy_that_it_does_not_use(loaded):
    # A package that was asked for in vain has its own name told, but none of its modules'.
    too_early = {heavy for heavy in LATER_OR_NEVER for name in loaded if is_in(heavy, name)}

    assert "entrypoints.asgi" in loaded
    assert too_early == set()


def test_a_start_leaves_what_other_commands_need(loaded):
    assert "entrypoints.composition.container" in loaded
    assert "entrypoints.composition.storage.backup" not in loaded
    assert "entrypoints.composition.cloud" not in loaded


def is_in(package: str, module: str) -> bool:
    return module.startswith(f"{package}.")


def test_what_a_start_has_done_without_is_there_for_who_asks_later():
    program = (
        "from entrypoints.commands.starting import loading; "
        "loading.load_libraries_without_extras(); "
        "import sys; assert not {'rich', 'yaml', 'sqlalchemy.orm'} & set(sys.modules); "
        "import rich.table, httpx, yaml, sqlalchemy.orm; yaml.dump({}); sqlalchemy.orm.Session(); "
        "print(httpx.get)"
    )

    done = subprocess.run(  # noqa: S603  # a line of our own
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )

    assert "function get" in done.stdout
