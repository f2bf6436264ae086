"""The one table: medians of all rounds, and how each contender stands to the C reference."""

import os
import platform
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.build import PEERS, said
from benchmarks.contenders import (
    BARE_PYTHON,
    BEFORE,
    ENCODE_ONCE,
    EXPRESS,
    GATEWAY,
    POLL_PER_SOCKET,
    REFERENCE,
)
from benchmarks.fanout import SCENARIOS
from benchmarks.load import Sample
from benchmarks.rest import TARGETS

Results = Mapping[tuple[str, str], Sequence[Sample]]

CONTENDERS = (REFERENCE, GATEWAY, BEFORE, BARE_PYTHON, ENCODE_ONCE, POLL_PER_SOCKET, EXPRESS)
START_UP = "start-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a sample, and how it is compared with another contender's."""

    title: str
    of: Callable[[Sample], float]
    digits: int = 1
    ratio: str = ""


def _named(field: str) -> Callable[[Sample], float]:
    return lambda sample: float(sample[field])


FAN_OUT: Mapping[str, Figure] = {
    "cpu": Figure(
        title="CPU s per 100k deliveries",
        of=lambda sample: sample["server_cpu"] / sample["deliveries"] * 100_000,
        digits=3,
        ratio="C's share",
    ),
    "cpu_per_second": Figure(
        title="CPU ms a second",
        of=lambda sample: sample["server_cpu"] / sample["seconds"] * 1_000,
        digits=2,
    ),
    "rate": Figure(
        title="deliveries/s",
        of=lambda sample: sample["deliveries"] / sample["seconds"],
        digits=0,
    ),
    "generator": Figure(title="load generator busy", of=_named("generator_busy"), digits=2),
    "p50": Figure(title="delay p50 ms", of=_named("p50_ms")),
    "p99": Figure(title="delay p99 ms", of=_named("p99_ms"), ratio="times C"),
    "max": Figure(title="delay max ms", of=_named("max_ms")),
    "missed": Figure(title="sockets that missed a frame", of=_named("missed_sockets"), digits=0),
    "polls": Figure(title="upstream polls/s", of=_named("polls_per_second")),
    "kb_per_socket": Figure(
        title="KB for each idle socket",
        of=lambda sample: (sample["rss_after_kb"] - sample["rss_at_rest_kb"]) / sample["sockets"],
    ),
    "connect": Figure(
        title="CPU ms to take in a socket",
        of=lambda sample: sample["connect_cpu"] / sample["sockets"] * 1_000,
        digits=3,
    ),
    "first_frame": Figure(
        title="CPU ms from connect to the first frame",
        of=lambda sample: sample["first_frame_cpu"] / sample["sockets"] * 1_000,
        digits=3,
    ),
    "growth": Figure(
        title="memory grew by MB",
        of=lambda sample: (sample["rss_after_kb"] - sample["rss_before_kb"]) / 1024,
    ),
    "unsent": Figure(
        title="KB the kernel holds for a stuck one",
        of=lambda sample: sample["unsent_bytes_per_stuck"] / 1024,
        digits=0,
    ),
}

REST = (
    Figure(
        title="requests/s",
        of=lambda sample: sample["answers"] / sample["seconds"],
        digits=0,
        ratio="times Express",
    ),
    Figure(
        title="CPU ms a request",
        of=lambda sample: sample["server_cpu"] / sample["answers"] * 1_000,
        digits=3,
    ),
    Figure(title="p99 ms", of=_named("p99_ms")),
    Figure(title="refused", of=_named("refused"), digits=0),
)

STARTING = (
    Figure(title="CPU s until ready", of=_named("cpu"), digits=2),
    Figure(title="s until ready", of=_named("seconds"), digits=2),
)


def table(results: Results) -> str:
    """Everything measured, as Markdown."""
    measured = {contender for _, contender in results}
    columns = [each.name for each in CONTENDERS if each.name in measured]
    rows: list[str] = [_line("measured", *columns), _line(*["---"] * (len(columns) + 1))]
    for scenario in SCENARIOS:
        for figure in (FAN_OUT[name] for name in scenario.shows):
            rows += _row(results, columns, scenario.name, figure, against=REFERENCE.name)
    for target in TARGETS:
        for figure in REST:
            rows += _row(results, columns, target, figure, against=EXPRESS.name)
    for figure in STARTING:
        rows += _row(results, columns, START_UP, figure, against="")
    return "\n".join(rows)


def _row(
    results: Results, columns: Sequence[str], name: str, figure: Figure, *, against: str
) -> list[str]:
    medians = {
        contender: median(figure.of(sample) for sample in results[name, contender])
        for contender in columns
        if results.get((name, contender))
    }
    if not medians:
        return []
    compared = figure.ratio and against in medians
    label = f"{name}: {figure.title}" + (f" ({figure.ratio})" if compared else "")
    return [_line(label, *(_cell(medians, who, figure, against) for who in columns))]


def _cell(medians: Mapping[str, float], contender: str, figure: Figure, against: str) -> str:
    if contender not in medians:
        return ""
    value = medians[contender]
    text = f"{value:,.{figure.digits}f}"
    other = medians.get(against)
    if not figure.ratio or contender == against or not value or not other:
        return text
    ratio = other / value if figure.ratio == "C's share" else value / other
    return f"{text} ({ratio:.2f})"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _disturbance(samples: Sequence[Sample]) -> str:
    shares = [sample["disturbed"] for sample in samples if "disturbed" in sample]
    return f"{median(shares):.1%} median, {max(shares):.1%} at worst" if shares else "not measured"


async def heading(results: Results, *, rounds: int) -> str:
    """When, on what, with which versions, and how far others disturbed it."""
    samples = [sample for found in results.values() for sample in found]
    frame_bytes = max((sample.get("frame_bytes", 0) for sample in samples), default=0)
    libraries = ("litestar", "uvicorn", "uvloop", "httptools", "websockets", "msgspec", "httpx")
    versions = [f"python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in libraries]
    versions.append(f"node {(await said('node', '--version')).removeprefix('v')}")
    versions += [f"{name} {_peer_version(name)}" for name in ("ws", "express", "jsonwebtoken")]
    versions.append((await said("cc", "--version")).splitlines()[0])
    return "\n".join(
        (
            f"Date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; medians of {rounds} interleaved rounds",
            f"Machine: {processor()}, {os.cpu_count()} cores, Linux {platform.release()}",
            f"Versions: {', '.join(versions)}",
            f"Frame: {frame_bytes:,} bytes of text",
            f"Others on the server's core: {_disturbance(samples)}",
        )
    )


def _peer_version(name: str) -> str:
    package = (PEERS / "node_modules" / name / "package.json").read_text(encoding="utf-8")
    found = re.search(r'"version":\s*"([^"]+)"', package)
    return found[1] if found else "unknown"


def processor() -> str:
    """What the machine calls its processor."""
    cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"^model name\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    return found[1] if found else platform.machine()
