"""The port of figures: off by itself, apart from the API, and strictly OpenMetrics."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import msgspec
import yaml
from prometheus_client.openmetrics.parser import text_string_to_metric_families

PROJECT = Path(__file__).parents[3]
OPEN_METRICS = {"Accept": "application/openmetrics-text; version=1.0.0"}
PROBLEM = "application/problem+json"
OUR_NAMES = re.compile(r"emporia_gateway_[a-z_]+")


async def scrape(port: int) -> dict[str, Any]:
    """`{name: {label values: value}}` of every sample, read by the strict parser."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/metrics", headers=OPEN_METRICS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    told: dict[str, dict[str, float]] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            told.setdefault(sample.name, {})[" ".join(sample.labels.values())] = sample.value
    return told


async def test_what_happens_is_told_in_figures(stages, free_port) -> None:
    async with stages(metrics_port=free_port, emporia_daily_requests=2000) as stage:
        person = await stage.linked()
        await stage.client.post("/login", json={"email": person.email, "password": "wrong"})
        await stage.client.get(f"/nothing/{person.email}")
        await stage.get("/me", person)
        stream = await stage.stream(person)
        await stream.receive_until("deviceData")
        told = await scrape(free_port)

    assert told["emporia_gateway_streams"] == {"": 1}
    assert told["emporia_gateway_feeds"] == {"": 1}
    assert told["emporia_gateway_frames_total"][""] >= 1
    assert told["emporia_gateway_polls_total"]["answered"] >= 1
    assert told["emporia_gateway_sign_ins_total"] == {"accepted": 1, "refused": 1}
    assert [0 < left < 2000 for left in told["emporia_gateway_budget_left"].values()] == [True]
    assert told["emporia_gateway_call_seconds_count"]["GET /me 2xx"] == 1
    assert told["emporia_gateway_call_seconds_count"]["GET elsewhere 4xx"] == 1
    assert told["emporia_gateway_database_bytes"]["database"] > 0
    assert told["process_resident_memory_bytes"][""] > 0


async def test_nothing_but_metrics_is_served_there_and_no_metrics_elsewhere(
    stages, free_port
) -> None:
    async with stages(metrics_port=free_port) as stage, httpx.AsyncClient() as client:
        there = f"http://127.0.0.1:{free_port}"
        assert (await client.get(f"{there}/me")).status_code == 404
        assert (await client.post(f"{there}/metrics")).status_code == 405
        assert (await stage.client.get("/metrics")).status_code == 404


async def test_figures_are_read_under_our_own_names_alone(stages, free_port) -> None:
    ours = ("127.0.0.1", "192.0.2.7:9400", "[::1]:9400", "LocalHost", "gateway:9400", "gateway.")
    others = ("evil.example", "gateway.evil.example:9400", "127.0.0.1.evil.example", "x[::1]")
    told = {}
    async with stages(metrics_port=free_port, metrics_names="Gateway"), httpx.AsyncClient() as it:
        for host in (*ours, *others):
            address = f"http://127.0.0.1:{free_port}/metrics"
            answer = await it.get(address, headers={"Host": host, "Accept": PROBLEM})
            told[host] = answer.status_code, answer.headers["Content-Type"] == PROBLEM

    # The last is no host at all, which is refused before anybody looks whose it is.
    assert told == {
        **dict.fromkeys(ours, (200, False)),
        **dict.fromkeys(others, (421, True)),
        "x[::1]": (400, False),
    }


async def test_without_a_port_nothing_is_timed(stage) -> None:
    await stage.client.get("/health/live")

    assert stage.container.call_times().all() == []


async def test_rules_and_dashboard_ask_for_figures_that_there_are(stages, free_port) -> None:
    async with stages(metrics_port=free_port) as stage:
        await stage.client.get("/health/live")
        async with httpx.AsyncClient() as client:
            told = (await client.get(f"http://127.0.0.1:{free_port}/metrics")).text
    there = set(re.findall(r"^# TYPE (\S+)", told, re.MULTILINE))
    there |= {f"{name}_bucket" for name in there} | {f"{name}_count" for name in there}

    files = [*PROJECT.glob("deploy/*/*.yml"), *PROJECT.glob("deploy/*/*.json")]
    asked = {name for file in files for name in OUR_NAMES.findall(file.read_text())}
    assert len(files) == 4
    assert asked
    assert asked - there == set()


def test_rules_and_dashboard_can_be_read() -> None:
    """By Prometheus's own tool where it is at hand."""
    rules = yaml.safe_load((PROJECT / "deploy/prometheus/alerts.yml").read_text())
    board = msgspec.json.decode((PROJECT / "deploy/grafana/dashboard.json").read_bytes())

    if promtool := shutil.which("promtool"):
        for task in (("check", "rules", "alerts.yml"), ("test", "rules", "alerts.test.yml")):
            subprocess.run(  # noqa: S603  # a tool of this machine on our own files
                [promtool, *task], cwd=PROJECT / "deploy/prometheus", check=True
            )
    for rule in rules["groups"][0]["rules"]:
        assert rule["annotations"].keys() == {"summary", "description"}
    assert all(panel["targets"] for panel in board["panels"])
