"""The servers that are measured, each started fresh for each measurement."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from benchmarks.build import BUILD, PEERS
from benchmarks.processes import Server, serving
from benchmarks.stage import Stage

GID = re.compile(r'"deviceGid":(\d+)')

Start = Callable[[Stage, float], AbstractAsyncContextManager[Server]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A server under a name, and whether it asks the cloud by itself."""

    name: str
    start: Start
    polls: bool = False


def _reference(stage: Stage, hz: float) -> AbstractAsyncContextManager[Server]:
    return serving(BUILD / "reference", stage.frame, str(hz), core=stage.cores.server)


def _bare_python(stage: Stage, hz: float) -> AbstractAsyncContextManager[Server]:
    command = (stage.python, "-m", "benchmarks.bare_python", stage.frame, str(hz))
    return serving(*command, core=stage.cores.server)


def _encode_once(stage: Stage, hz: float) -> AbstractAsyncContextManager[Server]:
    return _node(stage, "encode_once.js", str(stage.frame), str(hz))


def _poll_per_socket(stage: Stage, hz: float) -> AbstractAsyncContextManager[Server]:
    gids = dict.fromkeys(GID.findall(stage.frame.read_text(encoding="utf-8")))
    return _node(stage, "poll_per_socket.js", stage.cloud, ",".join(gids), str(hz))


def _express(stage: Stage, _: float) -> AbstractAsyncContextManager[Server]:
    files = (stage.secret, stage.profile, stage.instant)
    return _node(stage, "express_twin.js", *map(str, files))


def _node(stage: Stage, program: str, *arguments: str) -> AbstractAsyncContextManager[Server]:
    environment = {**stage.environment(), "NODE_ENV": "production"}
    return serving(
        "node", PEERS / program, *arguments, core=stage.cores.server, environment=environment
    )


REFERENCE = Contender(name="C reference", start=_reference)
BARE_PYTHON = Contender(name="bare Python", start=_bare_python)
GATEWAY = Contender(name="gateway", start=lambda stage, hz: stage.gateway(hz), polls=True)
BEFORE = Contender(name="gateway before", start=GATEWAY.start, polls=True)
"""The gateway of another checkout, on a stage of its own."""
ENCODE_ONCE = Contender(name="Node ws, encode once", start=_encode_once)
POLL_PER_SOCKET = Contender(name="Node ws, poll a socket", start=_poll_per_socket, polls=True)
EXPRESS = Contender(name="Express", start=_express)
