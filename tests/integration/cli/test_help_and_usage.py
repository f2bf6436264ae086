"""What every command tells about itself, and about how it can't be used."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

COMMANDS = ["serve", "demo", "watch", "user", "simulate", "migrate", "openapi", "cluster"]
USER_COMMANDS = ["list", "add", "reset-password", "remove"]


def test_the_program_lists_its_commands(run):
    shown = run("--help")

    assert shown.returncode == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in shown.stdout] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples_and_exit_codes(run, command):
    shown = run(command, "--help")

    assert shown.returncode == 0
    assert f"emporia-api {command}" in shown.stdout
    assert "Exit codes:" in shown.stdout


@pytest.mark.parametrize("command", USER_COMMANDS)
def test_help_of_the_user_commands_has_them_too(run, command):
    shown = run("user", command, "--help")

    assert shown.returncode == 0
    assert f"emporia-api user {command}" in shown.stdout
    assert "Exit codes:" in shown.stdout


def test_the_program_tells_its_version(run):
    shown = run("--version")

    assert shown.returncode == 0
    assert shown.stdout == f"emporia-api, version {version('emporia-energy-api')}\n"


def test_the_help_of_serve_lists_the_settings_with_their_defaults(run):
    assert "EMPORIA_DAILY_REQUESTS=2000" in run("serve", "--help").stdout


def test_an_unknown_command_is_bad_usage(run):
    assert run("sevre").returncode == 2


@pytest.mark.parametrize("command", ["serve", "demo", "migrate"])
def test_every_bad_setting_is_told_and_nothing_is_touched(run, tmp_path: Path, command):
    (tmp_path / ".env").write_text("PROT=3000\n")

    refused = run(command, PORT="99999", TOKEN_SECRETS="hunter2")

    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        "Error: the settings can't be used.",
        "PROT in .env is no setting; the closest is PORT.",
        "PORT: '99999' is not a whole number from 0 to 65535.",
        "TOKEN_SECRETS: secret 1 has 7 bytes, but each needs at least 32.",
    ]
    assert not (tmp_path / "data").exists()


def test_an_option_is_held_to_the_rules_of_its_setting(run):
    refused = run("serve", "--port", "http")

    assert refused.returncode == 2
    assert "PORT: 'http' is not a whole number from 0 to 65535." in refused.stderr


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--fault", "bogus", "--fault: 'bogus' is no kind of fault; there are latency, "),
        ("--fault", "latency,secs=2", "--fault: 'secs=2' is not a name and its value; names are "),
        ("--fault", "latency,seconds", "--fault: 'seconds' is not a name and its value; names "),
        ("--fault", "latency,seconds=x", "--fault: Expected `float`"),
        ("--start", "yesterday", "--start: 'yesterday' is not an ISO 8601 instant of 1970 to "),
    ],
)
def test_what_the_simulator_can_not_do_is_bad_usage_in_one_sentence(run, option, value, sentence):
    refused = run("simulate", option, value)

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"Error: {sentence}")
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "url", ["", "homelab", "homelab:3000", "ftp://homelab", "http://", "http://h:x"]
)
def test_a_url_that_is_none_is_named_so(run, url):
    refused = run("watch", "--url", url, "--email", "a@b.example", EMPORIA_API_PASSWORD="x")

    assert refused.returncode == 2
    assert refused.stderr == (
        f"Error: --url: '{url}' is not a web address, such as http://127.0.0.1:3000.\n"
    )


def test_a_scale_whose_buckets_are_no_power_is_bad_usage(run):
    refused = run("watch", "--email", "a@b.example", "--scale", "1H")

    assert refused.returncode == 2
    assert "'1H' is not one of '1S', '1MIN'." in refused.stderr


def test_the_api_is_described_without_touching_anything(run, tmp_path: Path):
    document = json.loads(run("openapi").stdout)

    assert "/devices/instant" in document["paths"]
    assert list(tmp_path.iterdir()) == []


def test_the_description_can_go_to_a_file(run, tmp_path: Path):
    assert run("openapi", "--output", "openapi.json").stdout == ""
    assert json.loads((tmp_path / "openapi.json").read_text())["openapi"]


@pytest.mark.of_sqlite("looks at its file")
def test_the_database_is_made_and_kept_up_to_date(run, tmp_path: Path):
    first, second = run("migrate"), run("migrate")

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == "The database in data is up to date.\n"
    assert (tmp_path / "data" / "gateway.sqlite3").exists()


@pytest.mark.of_sqlite("looks at its file")
def test_a_folder_that_can_t_be_made_is_a_sentence(run):
    refused = run("migrate", DATA_DIR="/proc/nowhere")

    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: ")
    assert len(refused.stderr.splitlines()) == 1


def test_watching_nobody_is_a_sentence(run):
    refused = run(
        *("watch", "--url", "http://127.0.0.1:1", "--email", "a@b.example"),
        EMPORIA_API_PASSWORD="x",
    )

    assert refused.returncode == 1
    assert refused.stderr == "Error: No gateway answers at http://127.0.0.1:1.\n"
