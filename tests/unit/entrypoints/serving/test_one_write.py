"""An answer's head waits for its body, and for nothing else."""

import asyncio
from collections.abc import Iterable

from entrypoints.serving.one_write import HeadWithBody

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


class Wire(asyncio.Transport):
    """Notes each call of the kernel that a real transport would make."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.is_closed
        self.sent.append(bytes(data))

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        self.write(b"".join(list_of_data))

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


async def test_head_and_body_leave_together() -> None:
    wire = Wire()
    answer = HeadWithBody(asyncio.get_running_loop(), wire)

    answer.write(HEAD)
    answer.write(b"ok")
    await asyncio.sleep(0)

    assert wire.sent == [HEAD + b"ok"]


async def test_a_head_alone_leaves_with_the_turn_of_the_loop() -> None:
    wire = Wire()
    answer = HeadWithBody(asyncio.get_running_loop(), wire)

    answer.write(HEAD)
    await asyncio.sleep(0)
    answer.write(b"event")

    assert wire.sent == [HEAD, b"event"]


async def test_what_follows_an_answer_waits_for_nothing() -> None:
    wire = Wire()
    answer = HeadWithBody(asyncio.get_running_loop(), wire)

    answer.write(HEAD)
    answer.write(b"a")
    answer.write(b"b")

    assert wire.sent == [HEAD + b"a", b"b"]


async def test_closing_sends_what_waits() -> None:
    wire = Wire()
    answer = HeadWithBody(asyncio.get_running_loop(), wire)

    answer.write(HEAD)
    answer.close()
    await asyncio.sleep(0)

    assert (wire.sent, wire.is_closed) == ([HEAD], True)


async def test_nothing_is_written_to_what_is_closed() -> None:
    wire = Wire()
    answer = HeadWithBody(asyncio.get_running_loop(), wire)
    answer.write(HEAD)
    wire.close()

    answer.close()

    assert answer.is_closing()
    assert wire.sent == []
