"""The limit of Python: what `reference.c` does, one `send` after the other, and nothing else.

At each multiple of 1/HZ seconds of the wall clock the frame goes to every client that has
authenticated. No event loop, no look at a connection, and what a buffer does not take is lost.

Usage: python -m benchmarks.bare_python FILE HZ. Listens on a free port of 127.0.0.1, prints it.
"""

import gc
import math
import select
import socket
import sys
import time
from pathlib import Path

import click
from websockets.frames import Frame, Opcode
from websockets.utils import accept_key

from benchmarks.processes import raise_file_limit

AUTHENTICATED = b'{"type":"authenticated","message":"Authentication successful."}'
UPGRADE = (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: {}\r\n\r\n"
)
KEY = b"sec-websocket-key: "
CLOSES = 0x88


def text_frame(text: bytes) -> bytes:
    """A message as a server sends it."""
    return Frame(Opcode.TEXT, text).serialize(mask=False)


class Clients:
    """Who is connected, and whom frames go to."""

    def __init__(self) -> None:
        self._poller = select.epoll()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._listener.setblocking(False)
        self._poller.register(self._listener, select.EPOLLIN)
        self._strangers: dict[int, socket.socket] = {}
        self._watching: dict[int, socket.socket] = {}

    @property
    def port(self) -> int:
        """Where they connect."""
        port: int = self._listener.getsockname()[1]
        return port

    def serve_until(self, moment: float) -> None:
        """Take in who comes, and let go who leaves, until then; in wall time, seconds."""
        while (left := moment - time.time()) > 0:
            for number, _ in self._poller.poll(left):
                if number == self._listener.fileno():
                    self._welcome()
                else:
                    self._hear(number)

    def send(self, frame: bytes) -> None:
        """Give everybody the frame; whose buffer is full has none."""
        for each in self._watching.values():
            try:
                each.send(frame)
            except OSError:
                continue

    def _welcome(self) -> None:
        each, _ = self._listener.accept()
        each.setblocking(False)
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._strangers[each.fileno()] = each
        self._poller.register(each, select.EPOLLIN)

    def _hear(self, number: int) -> None:
        each = self._strangers.get(number) or self._watching[number]
        try:
            heard = each.recv(8192)
        except ConnectionError:
            heard = b""
        if not heard or heard[0] == CLOSES:
            self._strangers.pop(number, None)
            self._watching.pop(number, None)
            each.close()
        elif (at := heard.lower().find(KEY)) >= 0:
            key = heard[at + len(KEY) :].partition(b"\r\n")[0].decode()
            each.send(UPGRADE.format(accept_key(key)).encode())
        elif number in self._strangers:
            each.send(text_frame(AUTHENTICATED))
            self._watching[number] = self._strangers.pop(number)


def main(text: Path, hz: float) -> None:
    """Serve until killed."""
    raise_file_limit()
    frame = text_frame(text.read_bytes())
    clients = Clients()
    click.echo(clients.port)
    gc.disable()
    while True:
        due = (math.floor(time.time() * hz) + 1) / hz
        clients.serve_until(due)
        clients.send(frame)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
