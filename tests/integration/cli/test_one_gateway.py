"""One gateway a folder: a second one waits for the first, and then says why it stops."""

import signal
import socket

import httpx
import pytest


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_second_gateway_on_the_folder_is_one_sentence(start, run, command):
    with start("serve", until="Listening on", DATA_DIR="home"):
        refused = run(
            command, DATA_DIR="home", SHUTDOWN_GRACE_SECONDS="2", EMPORIA_DAILY_REQUESTS="0"
        )

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "Error: Another gateway runs on home; stop it, or set DATA_DIR to a folder of its own."
    )
    assert "Traceback" not in refused.stderr


def test_an_upgrade_waits_for_the_old_gateway_to_stop(start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    with (
        start("serve", until="Listening on", PORT=port) as old,
        start("serve", until="waiting for it to stop", PORT=port) as new,
    ):
        old.process.send_signal(signal.SIGTERM)
        new.read_on(until="Listening on")
        url = new.word_after("Listening on")
        assert httpx.get(f"{url}/health/ready").status_code == 200
        assert old.end()[0] == 0


def test_a_gateway_that_was_killed_leaves_no_lock(start):
    with start("serve", until="Listening on") as old:
        old.end(signal.SIGKILL)

    with start("serve", until="Listening on") as new:
        assert "waiting" not in new.said


def test_commands_work_beside_a_running_gateway(start, run):
    with start("serve", until="Listening on"):
        added = run("user", "add", "ada@example.com", EMPORIA_API_PASSWORD="correct horse")
        migrated = run("migrate")

    assert (added.returncode, added.stdout) == (0, "Added ada@example.com.\n")
    assert migrated.returncode == 0
