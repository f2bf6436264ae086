"""Starting and stopping: one sentence when it can't be, exit code 0 when it was asked for."""

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import httpx
import pytest

from tests.integration.cli.conftest import PATIENCE_SECONDS


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def silent_cloud() -> Iterator[socket.socket]:
    """Something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        listener.settimeout(PATIENCE_SECONDS)
        yield listener


@pytest.fixture
def hanging(start, silent_cloud):
    """Starts a gateway of which a thread hangs in a sign-in."""

    @contextmanager
    def start_hanging(*, grace_seconds: str):
        with start(
            "serve",
            until="Listening on",
            EMPORIA_COGNITO_URL=f"http://127.0.0.1:{silent_cloud.getsockname()[1]}",
            EMPORIA_READ_TIMEOUT_SECONDS="60",
            EMPORIA_TOTAL_TIMEOUT_SECONDS="60",
            SHUTDOWN_GRACE_SECONDS=grace_seconds,
        ) as gateway:
            ask_to_sign_in(gateway.word_after("Listening on"))
            called, _ = silent_cloud.accept()
            with called:
                yield gateway

    return start_hanging


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_one_sentence(run, taken_port, command):
    refused = run(command, PORT=str(taken_port))

    assert refused.returncode == 1
    assert refused.stderr == (
        f"Error: Port {taken_port} on 127.0.0.1 is taken by another program; "
        "set PORT to a free one.\n"
    )


def test_a_taken_port_of_the_simulator_is_one_sentence(run, taken_port):
    refused = run("simulate", "--port", str(taken_port))

    assert refused.returncode == 1
    assert refused.stderr == f"Error: Port {taken_port} on 127.0.0.1: Address already in use.\n"


def test_an_address_of_another_machine_is_one_sentence(run):
    refused = run("serve", HOST="192.0.2.1")

    assert refused.returncode == 1
    assert refused.stderr == "Error: HOST: '192.0.2.1' is not an address of this machine.\n"


@pytest.mark.parametrize("host", ["192.0.2.1", "no such name"])
def test_an_address_of_another_machine_for_figures_is_told_by_its_setting(run, host):
    refused = run("serve", METRICS_PORT="9400", METRICS_HOST=host)

    assert f"METRICS_HOST: '{host}' is not an address" in refused.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_stops_the_gateway_cleanly(start, number):
    with start("serve", until="Listening on") as gateway:
        url = gateway.word_after("Listening on")
        assert httpx.get(f"{url}/health/ready").status_code == 200

        exit_code, said = gateway.end(number)

    assert exit_code == 0
    assert said.endswith("INFO entrypoints.commands.serve: Stopped\n")


def test_a_call_that_hangs_in_a_thread_does_not_outlive_the_grace_time(hanging):
    with hanging(grace_seconds="2") as gateway:
        started = time.monotonic()
        exit_code, _ = gateway.end(signal.SIGTERM)

    assert exit_code == 0
    assert time.monotonic() - started < 4


def test_a_second_signal_stops_at_once(hanging):
    with hanging(grace_seconds="60") as gateway:
        started = time.monotonic()
        gateway.process.send_signal(signal.SIGTERM)
        with pytest.raises(httpx.TransportError):
            ask_for_ever(gateway.word_after("Listening on"))
        exit_code, said = gateway.end(signal.SIGTERM)

    assert exit_code == 1
    assert "Error: Stopped at once; what was going on was cut off.\n" in said
    assert time.monotonic() - started < 5


def ask_for_ever(url: str) -> None:
    while True:
        httpx.get(f"{url}/health/live")


def ask_to_sign_in(url: str) -> None:
    """Have the gateway sign in to Emporia in one of its threads, while we go on."""
    account = {"email": "ada@example.com", "password": "correct horse"}
    httpx.post(f"{url}/signup", json=account)
    token = httpx.post(f"{url}/login", json=account).json()["token"]

    def link() -> None:
        with pytest.raises(httpx.HTTPError):
            httpx.post(
                f"{url}/emporia-auth",
                headers={"Authorization": f"Bearer {token}"},
                json={"emporiaUsername": "home@example.com", "emporiaPassword": "x"},
                timeout=60,
            ).raise_for_status()

    Thread(target=link, daemon=True).start()


def test_the_simulator_says_where_it_is_and_who_lives_there(start):
    with start("simulate", "--issuer", "aws", until="and more homes") as simulator:
        overview = httpx.get(f"{simulator.word_after('simulated at')}/simulator").json()
        exit_code, said = simulator.end(signal.SIGTERM)

    assert "  mill@example.com  mill-password\n" in simulator.said
    assert overview["issuer"].startswith("https://cognito-idp.us-east-2.amazonaws.com/")
    assert (exit_code, said) == (0, "Stopped.\n")


def test_faults_and_time_can_be_set_from_the_start(start):
    with start(
        "simulate",
        *("--fault", "latency,seconds=2", "--fault", "server_error,times=3,status=502"),
        *("--speed", "0", "--start", "2026-06-01"),
        *("--seconds", "mixed", "--noise", "0.004", "--empty-when-forgotten"),
        until="solar@example.com",
    ) as simulator:
        overview = httpx.get(f"{simulator.word_after('simulated at')}/simulator").json()

    assert [(fault["kind"], fault["times"]) for fault in overview["faults"]] == [
        ("latency", None),
        ("server_error", 3),
    ]
    assert overview["clock"] == {"now": "2026-06-01T00:00:00+00:00", "speed": 0.0}
    assert overview["seconds"] == "mixed"
    assert overview["noise"] == 0.004
    assert overview["empty_when_forgotten"] is True


def test_a_gateway_that_answers_is_healthy(start, run) -> None:
    with start("serve", until="Listening on") as gateway:
        port = gateway.word_after("Listening on").rpartition(":")[2].rstrip(".")
        alive, ready = (run("health", *more, PORT=port) for more in ((), ("--ready",)))

    assert (alive.returncode, alive.stdout) == (0, "ok\n")
    assert (ready.returncode, ready.stdout) == (0, "ok\n")


def test_where_none_answers_the_address_is_told(run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    found = run("health", PORT=port, HOST="0.0.0.0")  # noqa: S104  # where it looks, not where it binds

    assert found.returncode == 1
    assert found.stderr == f"Error: No gateway answers on 127.0.0.1:{port}: Connection refused.\n"
