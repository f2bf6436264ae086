"""Any frames in any order: the socket answers as the model says, or closes as the protocol does."""

import json
import os
import struct
import time
from contextlib import ExitStack, suppress
from typing import Any, ClassVar

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

MANY = int(os.environ.get("FUZZ", "1"))
BOUNDS = settings(
    derandomize=MANY == 1,
    database=None,
    deadline=None,
    max_examples=40 * MANY,
    stateful_step_count=12,  # a stranger may send 32 frames at once, and a step has up to two
    suppress_health_check=list(HealthCheck),
)
SECONDS = 10
SCALES = ["1S", "1MIN", "15MIN", "1H", "1D", "1W", "1MON", "1Y"]

floats = st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | floats | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
no_messages = st.one_of(
    st.sampled_from(["", "{", "[]", "null", "7", '"text"', "{'type': 1}", "[" * 2_000, "\0"]),
    anything.filter(lambda value: not isinstance(value, dict)).map(json.dumps),
)
unknown = st.dictionaries(st.text(max_size=8), anything, max_size=4).map(
    lambda message: {**message, "type": message.get("type", "no such type")}
)
forbidden = st.one_of(
    st.sampled_from(
        [
            (1002, b"\x83\x80\0\0\0\0"),  # an opcode that nobody has given a meaning
            (1002, b"\xc1\x80\0\0\0\0"),  # a bit that is kept for extensions
            (1002, b"\x81\x02{}"),  # not masked
            (1002, b"\x09\x80\0\0\0\0"),  # a ping in pieces
            (1002, b"\x80\x80\0\0\0\0"),  # a continuation of nothing
            (1007, Frame(Opcode.TEXT, b"\xff\xfe").serialize(mask=True)),
            (1009, Frame(Opcode.TEXT, b"x" * 40_000).serialize(mask=True)),
            (1009, b"\x81\xff" + struct.pack("!Q", 2**62) + b"\0\0\0\0"),
        ]
    )
)


class AnySocket(RuleBasedStateMachine):
    """One socket after another, of somebody who has a home."""

    url: ClassVar[str]
    token: ClassVar[str]
    foreign: ClassVar[str]

    @initialize()
    def begin(self):
        self.connect()

    @precondition(lambda machine: machine.is_over)
    @rule()
    def come_again(self):
        self.teardown()
        self.connect()

    def connect(self) -> None:
        self.resources = ExitStack()
        url = self.url.replace("http", "ws", 1) + "/"
        self.socket = self.resources.enter_context(connect(url, max_size=None))
        self.is_in = self.is_over = False

    def teardown(self) -> None:
        with suppress(OSError):
            self.socket.socket.shutdown(2)  # as with a client that is cut off
        self.resources.close()

    @precondition(lambda machine: not machine.is_over)
    @rule(text=no_messages, binary=st.booleans())
    def say_what_is_no_message(self, text, binary):
        self.socket.send(text.encode() if binary else text)
        assert self.answer()["message"] == "Invalid message format."

    @precondition(lambda machine: not machine.is_over)
    @rule(message=unknown, pieces=st.booleans())
    def say_what_nobody_knows(self, message, pieces):
        text = json.dumps(message)
        self.socket.send([text[:3], text[3:]] if pieces else text)
        expected = "Unknown message type." if self.is_in else "Please authenticate first."
        assert self.answer()["message"] == expected

    @precondition(lambda machine: not machine.is_over)
    @rule(data=st.binary(max_size=125))
    def ping(self, data):
        assert self.socket.ping(data or b"x").wait(SECONDS)

    @precondition(lambda machine: not machine.is_over)
    @rule()
    def authenticate(self):
        self.send({"type": "authenticate", "token": self.token})
        assert self.answer()["type"] == "authenticated"
        self.is_in = True

    @precondition(lambda machine: not machine.is_over)
    @rule(token=st.one_of(anything, st.just("foreign")))
    def authenticate_with_something_else(self, token):
        said = self.foreign if token == "foreign" and self.is_in else token
        self.send({"type": "authenticate", "token": said})
        is_missing = not isinstance(said, str) or not said
        expected = "Authentication token missing." if is_missing else "Invalid or expired token."
        assert self.answer()["message"] == expected
        self.expect_end(4401)

    @precondition(lambda machine: not machine.is_over)
    @rule(scale=st.sampled_from(SCALES), devices=st.sampled_from([None, [], [1001], [1004, 1002]]))
    def subscribe(self, scale, devices):
        self.send({"type": "subscribe", "scale": scale, "devices": devices})
        told = self.answer()
        if self.is_in:
            assert (told["type"], told["scale"]) == ("subscribed", scale)
        else:
            assert told["message"] == "Please authenticate first."

    @precondition(lambda machine: machine.is_in and not machine.is_over)
    @rule(
        scale=anything.filter(lambda value: value not in SCALES),
        devices=anything.filter(lambda value: value not in (None, [])),
    )
    def subscribe_to_what_can_not_be(self, scale, devices):
        self.send({"type": "subscribe", "scale": scale, "devices": devices})
        told = self.answer()
        assert told["type"] == "error"
        assert told["code"] in {"invalid_input", "unknown_device"}

    @precondition(lambda machine: not machine.is_over)
    @rule(wrong=forbidden)
    def send_what_the_protocol_forbids(self, wrong):
        code, frame = wrong
        self.socket.socket.sendall(frame)
        self.expect_end(code)

    @precondition(lambda machine: not machine.is_over)
    @rule(began=st.sampled_from([b"", b"\x81", b"\x81\xfe\x10", b"\x01\x82\0\0\0\0{}"]))
    def hang_up_in_the_middle(self, began):
        """What was begun is never ended: the other side must not wait for it for ever."""
        self.socket.socket.sendall(began)
        self.socket.socket.shutdown(1)
        with suppress(ConnectionClosed, OSError):
            while True:
                self.socket.recv(timeout=SECONDS)
        self.is_over = True

    def send(self, message: object) -> None:
        self.socket.send(json.dumps(message))

    def answer(self) -> dict[str, Any]:
        """The next frame that is no data."""
        while True:
            told: dict[str, Any] = json.loads(self.socket.recv(timeout=SECONDS))
            if told["type"] != "deviceData":
                return told

    def expect_end(self, code: int) -> None:
        with suppress(ConnectionClosed):
            while True:
                assert json.loads(self.socket.recv(timeout=SECONDS))["type"] == "deviceData"
        assert self.socket.close_code == code
        self.is_over = True


def test_a_socket_answers_whatever_it_is_sent_and_nothing_is_left_of_it(running_stage, caplog):
    with httpx.Client(base_url=running_stage.url) as client:
        tokens = [token_of(client, name) for name in ("ada", "bob")]
        link = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
        bearer = {"Authorization": f"Bearer {tokens[0]}"}
        assert client.post("/emporia-auth", headers=bearer, json=link).status_code == 200
        known = {"url": running_stage.url, "token": tokens[0], "foreign": tokens[1]}

        run_state_machine_as_test(
            type("AnySocketOfTheGateway", (AnySocket,), known), settings=BOUNDS
        )

        until = time.monotonic() + SECONDS
        while running_stage.container.open_streams().all() and time.monotonic() < until:
            time.sleep(0.05)
        assert running_stage.container.open_streams().all() == ()
        assert client.get("/health/ready").status_code == 200
    assert [line.getMessage() for line in caplog.records if line.levelname == "ERROR"] == []


def token_of(client: httpx.Client, name: str) -> str:
    body = {"email": f"{name}@example.com", "password": "correct horse"}
    assert client.post("/signup", json=body).status_code == 201
    token: str = client.post("/login", json=body).json()["token"]
    return token
