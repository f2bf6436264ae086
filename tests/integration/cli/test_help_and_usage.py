"""What every command tells about itself, and about how it can't be used."""

import json
from pathlib import Path

import pytest

COMMANDS = ["serve", "demo", "watch", "simulate", "migrate", "openapi"]


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


def test_a_fault_that_does_not_exist_is_bad_usage(run):
    refused = run("simulate", "--fault", "earthquake")

    assert refused.returncode == 2
    assert "earthquake" in refused.stderr


def test_a_scale_whose_buckets_are_no_power_is_bad_usage(run):
    refused = run("watch", "--email", "a@b.example", "--password", "x", "--scale", "1H")

    assert refused.returncode == 2
    assert "'1H' is not one of '1S', '1MIN'." in refused.stderr


def test_the_api_is_described_without_touching_anything(run, tmp_path: Path):
    document = json.loads(run("openapi").stdout)

    assert "/devices/instant" in document["paths"]
    assert list(tmp_path.iterdir()) == []


def test_the_description_can_go_to_a_file(run, tmp_path: Path):
    assert run("openapi", "--output", "openapi.json").stdout == ""
    assert json.loads((tmp_path / "openapi.json").read_text())["openapi"]


def test_the_database_is_made_and_kept_up_to_date(run, tmp_path: Path):
    first, second = run("migrate"), run("migrate")

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == "The database in data is up to date.\n"
    assert (tmp_path / "data" / "gateway.sqlite3").exists()


def test_a_folder_that_can_t_be_made_is_a_sentence(run):
    refused = run("migrate", DATA_DIR="/proc/nowhere")

    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: ")
    assert len(refused.stderr.splitlines()) == 1


def test_watching_nobody_is_a_sentence(run):
    refused = run(
        "watch", "--url", "http://127.0.0.1:1", "--email", "a@b.example", "--password", "x"
    )

    assert refused.returncode == 1
    assert refused.stderr == "Error: No gateway answers at http://127.0.0.1:1.\n"
