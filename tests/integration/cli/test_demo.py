"""The demo keeps what its banner promises, and one Ctrl-C ends it."""

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from tests.integration.cli.conftest import Running, Start

LOGIN = {"email": "demo@example.com", "password": "demo-password"}
HOME = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
PASSWORDS = {"EMPORIA_API_PASSWORD": "demo-password", "EMPORIA_PASSWORD": "emporia-password"}


@pytest.fixture
def demo(start: Start) -> Iterator[Running]:
    with start("demo", until=" watch --url ") as running:
        yield running


def test_the_account_of_the_banner_can_log_in_and_link(demo):
    url = demo.word_after("Gateway")
    token = httpx.post(f"{url}/login", json=LOGIN).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}

    linked = httpx.post(f"{url}/emporia-auth", headers=bearer, json=HOME)

    assert linked.status_code == 200
    assert httpx.get(f"{url}/devices", headers=bearer).json()["devices"]


def test_the_banner_quotes_the_real_address_everywhere(demo):
    url = demo.word_after("Gateway")

    assert demo.said.count(url) == 7
    assert httpx.get(f"{url}/docs").status_code == 200


def test_the_banner_leads_to_the_dashboard_right_after_the_gateway(demo):
    url = demo.word_after("Gateway")
    after_gateway = demo.said.split(f"Gateway          {url}\n")[1]

    assert after_gateway.startswith(f"  Dashboard        Open {url}/ in a browser, ")
    assert httpx.get(demo.word_after("Dashboard        Open")).status_code == 200


def test_one_ctrl_c_ends_the_gateway_and_the_cloud(demo):
    started = time.monotonic()
    exit_code, said = demo.end(signal.SIGINT)

    assert exit_code == 0
    assert said.strip() == "Stopped: the gateway and its simulated cloud."
    assert time.monotonic() - started < 10


def test_it_starts_again_on_what_it_left(start, tmp_path: Path):
    with start("demo", until=" watch --url ") as first:
        first.end(signal.SIGINT)
    with start("demo", until=" watch --url ") as second:
        login = httpx.post(f"{second.word_after('Gateway')}/login", json=LOGIN)

    assert login.status_code == 200
    assert (tmp_path / "data" / "demo").is_dir()


def test_what_was_linked_stays_linked_and_streams_on(start):
    with start("demo", until=" watch --url ") as first:
        url = first.word_after("Gateway")
        token = httpx.post(f"{url}/login", json=LOGIN).json()["token"]
        bearer = {"Authorization": f"Bearer {token}"}
        httpx.post(f"{url}/emporia-auth", headers=bearer, json=HOME).raise_for_status()
        with stream(url, token) as socket:
            assert next_frame(socket)["type"] == "deviceData"
            first.end(signal.SIGINT)

    with start("demo", until=" watch --url ") as second:
        url = second.word_after("Gateway")
        with stream(url, token) as socket:
            frame = next_frame(socket)
        devices = httpx.get(f"{url}/devices", headers=bearer)
        cloud_url = second.word_after("Emporia's cloud")
        asked = httpx.get(f"{cloud_url}/simulator/requests").json()["customers"]

    assert frame["type"] == "deviceData"
    assert devices.json()["devices"]
    assert asked["home@example.com"]["InitiateAuth"]["count"] == 1


@contextmanager
def stream(url: str, token: str) -> Iterator[ClientConnection]:
    """A socket that was told `authenticated`."""
    with connect(url.replace("http", "ws", 1) + "/") as socket:
        socket.send(json.dumps({"type": "authenticate", "token": token}))
        assert next_frame(socket)["type"] == "authenticated"
        yield socket


def next_frame(socket: ClientConnection) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(socket.recv(timeout=10))
    return frame


def test_a_data_folder_that_was_set_is_used(start, tmp_path: Path):
    with start("demo", until=" watch --url ", DATA_DIR="elsewhere"):
        pass

    assert (tmp_path / "elsewhere").is_dir()
    assert not (tmp_path / "data").exists()


def test_watch_links_and_shows_the_home(demo, run, tmp_path: Path):
    shown = run(
        "watch",
        *("--url", demo.word_after("Gateway"), "--email", "demo@example.com"),
        *("--link", "home@example.com", "--frames", "2", "--svg", "home.svg"),
        **PASSWORDS,
    )

    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("Home ")
    assert "\n  Fridge " in shown.stdout
    assert "Fridge" in (tmp_path / "home.svg").read_text(encoding="utf-8")


def test_watch_shows_the_home_with_solar_too(demo, run):
    shown = run(
        "watch",
        *("--url", demo.word_after("Gateway"), "--email", "demo@example.com"),
        *("--link", "solar@example.com", "--once"),
        EMPORIA_API_PASSWORD="demo-password",
        EMPORIA_PASSWORD="solar-password",
    )

    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Solar" in shown.stdout


@pytest.mark.parametrize(("options", "seconds"), [((), True), (("--scale", "1MIN"), False)])
def test_watch_shows_seconds_unless_it_is_asked_for_minutes(demo, run, options, seconds):
    run(
        "watch",
        *("--url", demo.word_after("Gateway"), "--email", "demo@example.com"),
        *("--link", "home@example.com", "--once", *options),
        **PASSWORDS,
    )
    cloud_url = demo.word_after("Emporia's cloud")
    asked = httpx.get(f"{cloud_url}/simulator/requests").json()["recent"]

    assert ("1S" in {request["detail"] for request in asked}) is seconds


def test_watch_with_nothing_linked_says_what_to_do(demo, run):
    refused = run(
        "watch",
        *("--url", demo.word_after("Gateway"), "--email", "demo@example.com"),
        **PASSWORDS,
    )

    assert refused.returncode == 1
    assert refused.stderr == ("Error: No devices to watch: link an Emporia account with --link.\n")


def test_watch_with_a_wrong_password_is_told_so(demo, run):
    refused = run(
        "watch",
        *("--url", demo.word_after("Gateway"), "--email", "demo@example.com"),
        EMPORIA_API_PASSWORD="wrong",
    )

    assert refused.returncode == 1
    assert refused.stderr == "Error: Invalid email or password.\n"
