from datetime import timedelta

from application.ports.archive.export_tables import ExportTable
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.quality import Quality
from domain.emporia.usage import Scale
from tests.unit.application.archive.exchange.conftest import MIDNIGHT


class Listing(ExportTable):
    """Counts rows; has a head only where it is told to."""

    def __init__(self, head: bytes = b"") -> None:
        self._head = head

    def head(self) -> bytes:
        return self._head

    def rows(self, piece) -> bytes:
        known = sum(usage is not None for usage in piece.told.usages)
        return f"{piece.series.name} {known};".encode() if known else b""

    def tail(self) -> bytes:
        return b"end"


async def test_pieces_come_by_series_and_time_and_nobody_is_asked(world, exchange, query) -> None:
    caller = await world.resident()
    account = await exchange.account(caller)
    for name in ("1000:1", "1000:1,2,3"):
        for day in (0, 9):
            start = MIDNIGHT - timedelta(days=day)
            await exchange.put(account, name, [0.5, None, 0.25], start=start)
    before = list(world.cloud.calls)
    plan = await exchange.plan(caller, query())
    pieces = await exchange.pieces(plan)
    assert [(str(piece.series.name), piece.grid.start) for piece in pieces] == [
        (name, int((MIDNIGHT - timedelta(days=day)).timestamp()))
        for name in ("1000:1,2,3", "1000:1")
        for day in (9, 0)
    ]
    assert pieces[0].told.usages[:4] == [0.5, None, 0.25, None]
    stretches = [quality for _, _, quality in pieces[0].told.stretches()]
    assert stretches[:4] == [Quality.LIVE, Quality.MISSING, Quality.LIVE, Quality.UNKNOWN]
    assert world.cloud.calls == before


async def test_what_is_exported_wider_is_the_sum(world, exchange, query) -> None:
    caller = await world.resident()
    await exchange.put(await exchange.account(caller), "1000:1", [0.001] * 1440)
    for scale in (Scale.MINUTE, Scale.QUARTER_HOUR, Scale.HOUR, Scale.DAY, Scale.YEAR):
        pieces = await exchange.pieces(await exchange.plan(caller, query("1000:1", scale=scale)))
        total = sum(sum(piece.told.millijoules) for piece in pieces)
        assert total == 1440 * MILLIJOULES_PER_KWH // 1000


async def test_a_file_has_its_head_its_rows_and_its_tail(world, exchange, query) -> None:
    caller = await world.resident()
    account = await exchange.account(caller)
    await exchange.put(account, "1000:1", [0.5, 0.5])
    await exchange.put(account, "1000:1,2,3", [None])
    plan = await exchange.plan(caller, query())
    parts = [part async for part in exchange.export.written(plan, Listing())]
    assert parts == [b"1000:1 2;", b"end"]
    parts = [part async for part in exchange.export.written(plan, Listing(b"head"))]
    assert parts == [b"head", b"1000:1 2;", b"end"]
