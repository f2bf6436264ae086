from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.fake.archive.chunk_codec import PlainChunkCodec
from adapters.fake.archive.chunk_store import InMemoryChunkStore
from adapters.fake.clock import ManualClock
from adapters.fake.heavy_work import InlineHeavyWork
from adapters.memory.events import InProcessEvents
from application.archive.keep_readings import KeepReadings
from application.archive.months import Months
from application.archive.verify_archive import (
    DamagedChunk,
    Verified,
    VerifyArchive,
    WrongMonth,
)
from application.ports.archive.chunk_store import SealedMonth
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.archive.spans import Span, span_at
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

SERIES = Series(AccountId(1), SeriesName(1000, "1,2,3"))
DAY = 86_400
HOUR = 3_600


class Shelf:
    """An archive in memory, and what looks through it."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.now = int(self.clock.now().timestamp())
        self.store = InMemoryChunkStore()
        self.codec = PlainChunkCodec()
        work = InlineHeavyWork()
        self.months = Months(store=self.store, codec=self.codec, work=work)
        self.keep = KeepReadings(
            store=self.store,
            codec=self.codec,
            work=work,
            months=self.months,
            events=InProcessEvents(),
        )
        self.verify = VerifyArchive(store=self.store, codec=self.codec, work=work, clock=self.clock)

    async def put(self, scale: Scale, start: int, *values: float) -> Span:
        figures = figures_of(values)
        reading = Reading(scale=scale, start=start, figures=figures, read_at=self.now)
        await self.keep(SERIES, reading)
        return span_at(scale, start)

    def flip(self, span: Span) -> None:
        chunk = self.store.kept[SERIES, span]
        self.store.kept[SERIES, span] = replace(chunk, checksum=chunk.checksum ^ 1)

    async def look(
        self, *, repairs: bool = False
    ) -> tuple[list[DamagedChunk | WrongMonth], Verified]:
        counts = Verified()
        found = [each async for each in self.verify(SERIES.account, counts, repairs=repairs)]
        return found, counts

    async def total(self, start: int) -> int:
        month = (await self.months.between(SERIES, start, start + HOUR))[0]
        return month.hour(start).net


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def a_while_ago(shelf: Shelf, days: int) -> int:
    return (shelf.now // DAY - days) * DAY


async def test_what_is_whole_is_counted_and_nothing_is_named(shelf: Shelf) -> None:
    start = a_while_ago(shelf, 3)
    await shelf.put(Scale.MINUTE, start, *[0.001] * 60)
    await shelf.put(Scale.HOUR, start, 0.06, 0.07)
    found, counts = await shelf.look()
    assert (found, counts.is_whole) == ([], True)
    assert (counts.chunks, counts.months, counts.both, counts.unlike) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("scale", "days", "still_had"),
    [
        (Scale.MINUTE, 3, "all"),
        (Scale.MINUTE, 7, "part"),
        (Scale.MINUTE, 20, "none"),
        (Scale.HOUR, 90, "all"),
    ],
)
async def test_a_damaged_chunk_is_named_with_what_emporia_still_has(
    shelf: Shelf, scale: Scale, days: int, still_had: str
) -> None:
    span = await shelf.put(scale, a_while_ago(shelf, days), 0.001)
    shelf.flip(span)
    found, counts = await shelf.look()
    assert found == [DamagedChunk(series=SERIES, span=span, still_had=still_had)]
    assert (counts.damaged_chunks, counts.outlived, counts.is_whole) == (1, 1, False)


async def test_what_is_told_beside_a_chunk_has_to_fit_it(shelf: Shelf) -> None:
    span = await shelf.put(Scale.MINUTE, a_while_ago(shelf, 3), 0.001)
    shelf.store.kept[SERIES, span] = replace(shelf.store.kept[SERIES, span], total=1)
    found, _ = await shelf.look()
    assert [type(each) for each in found] == [DamagedChunk]


async def test_repair_drops_the_chunk_and_leaves_the_sum_of_its_hours(shelf: Shelf) -> None:
    start = a_while_ago(shelf, 20)
    await shelf.put(Scale.MINUTE, start - DAY, 0.001)
    span = await shelf.put(Scale.MINUTE, start, *[0.001] * 60)
    shelf.flip(span)
    before = await shelf.total(start)
    await shelf.look(repairs=True)
    found, counts = await shelf.look()
    assert (SERIES, span) not in shelf.store.kept
    assert (found, counts.outlived) == ([], 1)
    assert before == await shelf.total(start) == 216_000_000


async def test_a_month_that_can_not_be_read_is_named_and_made_anew(shelf: Shelf) -> None:
    start = a_while_ago(shelf, 3)
    await shelf.put(Scale.MINUTE, start, *[0.001] * 60)
    ((key, data),) = shelf.store.hours.items()
    shelf.store.hours[key] = b"00000000" + data[8:]
    found, _ = await shelf.look(repairs=True)
    month = datetime.fromtimestamp(key[1], UTC)
    assert found == [WrongMonth(series=SERIES, start=month, is_damaged=True, hours=1)]
    assert shelf.store.hours[key] == data


async def test_hours_that_are_not_those_of_their_chunks_are_named_and_mended(
    shelf: Shelf,
) -> None:
    start = a_while_ago(shelf, 3)
    await shelf.put(Scale.MINUTE, start, *[0.001] * 60)
    ((key, data),) = shelf.store.hours.items()
    other = shelf.codec.open_month(key[1], data)
    other.positive[(start - key[1]) // HOUR] += 1
    await shelf.store.put(
        SERIES, [], [SealedMonth(start=key[1], data=shelf.codec.seal_month(other))]
    )
    found, counts = await shelf.look(repairs=True)
    month = datetime.fromtimestamp(key[1], UTC)
    assert found == [WrongMonth(series=SERIES, start=month, is_damaged=False, hours=1)]
    assert counts.wrong_months == 1
    assert shelf.store.hours[key] == data
