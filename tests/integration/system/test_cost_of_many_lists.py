"""Collecting garbage does not stop the loop of a real process, whose heap is large."""

from pathlib import Path
from typing import Any

REQUESTS = 20
LISTS = b"[" * 900 + b"]" * 900 + b","
BODY = b"[%b0]" % (LISTS * 35)
"""64 kB that become 31,500 lists: enough of these let Python look through its whole heap."""

MOST_MILLISECONDS = 20.0


async def test_many_lists_cost_a_process_no_look_through_its_whole_heap(gateways: Any) -> None:
    async with gateways() as gateway:
        await gateway.client.get("/health/live")
        before = _loop_milliseconds(gateway.process.pid)
        for _ in range(REQUESTS):
            assert (await gateway.client.post("/login", content=BODY)).status_code == 400
        spent = _loop_milliseconds(gateway.process.pid) - before

    assert spent / REQUESTS < MOST_MILLISECONDS


def _loop_milliseconds(pid: int) -> float:
    """The processor time of a process's first thread, in which its loop runs."""
    on_the_processor = Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]
    return int(on_the_processor) / 1_000_000
