"""What every ChunkCodec keeps its word about: to the unit, and nothing damaged is ever told."""

from array import array
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from adapters.fake.archive.chunk_codec import PlainChunkCodec
from adapters.pcodec.late_chunk_codec import LateChunkCodec
from application.ports.archive.chunk_codec import ChunkCodec
from domain.archive.chunks import Chunk
from domain.archive.energy import MOST_KWH
from domain.archive.hours import hours_of, part_seconds, parts_of
from domain.archive.months import Month
from domain.archive.quality import Mark
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.sealed import ChunkDamaged, SealedChunk
from domain.archive.spans import KEPT_SCALES, SECONDS, span_at
from domain.emporia.usage import Scale

REPEATABLE = settings(max_examples=60, deadline=None, database=None, derandomize=True)
FEW = settings(REPEATABLE, max_examples=20)
MARCH = 1_772_323_200
LONG_AFTER = MARCH + 90 * 86_400

CODECS = pytest.mark.parametrize(
    "codec", [LateChunkCodec(), PlainChunkCodec()], ids=["pcodec", "plain"]
)
ANY_USAGE = some.none() | some.floats(allow_nan=True, allow_infinity=True)
USAGES = some.none() | some.sampled_from((0.0, 0.001, -0.25)) | some.floats(-MOST_KWH, MOST_KWH)
A_FEW_USAGES = some.sampled_from((None, 0.0, 0.0001, -0.0003, 0.0007))
SMALL_USAGES = some.lists(some.tuples(A_FEW_USAGES, some.integers(1, 99)), max_size=9).map(
    lambda made: [usage for usage, count in made for _ in range(count)]
)


@some.composite
def chunks(draw: some.DrawFn) -> Chunk:
    """Two readings of one span, joined: a part of it known, read and imported."""
    scale = draw(some.sampled_from(KEPT_SCALES))
    joined = Chunk.empty(span_at(scale, MARCH))
    for told in (Mark.READ, Mark.IMPORTED):
        usages = draw(SMALL_USAGES | some.lists(USAGES, max_size=40))
        first = draw(some.integers(0, 300))
        reading = Reading(
            scale=scale,
            start=MARCH + first * SECONDS[scale],
            figures=figures_of(usages[: joined.span.count - first]),
            read_at=LONG_AFTER + draw(some.integers(0, 3)),
            told=told,
        )
        for chunk in reading.chunks():
            joined = joined.join(chunk)
    return joined


def month_of(*made: Chunk) -> Month:
    month = Month.empty(MARCH)
    for chunk in made:
        scale = chunk.span.scale
        month.take(dict(hours_of(chunk, parts_of(chunk, part_seconds(scale)))), scale)
    return month


def whole(scale: Scale = Scale.SECOND) -> Chunk:
    """Every bucket known, none like the one before."""
    span = span_at(scale, MARCH)
    usages = [(at * 7919 % 1000) / 1e4 - 0.02 for at in range(span.count)]
    reading = Reading(scale=scale, start=MARCH, figures=figures_of(usages), read_at=LONG_AFTER)
    return next(reading.chunks())


def with_gaps() -> Chunk:
    """Minutes of which some are null and some were never asked for."""
    usages = [None if at % 7 == 3 else at / 1e4 for at in range(90)]
    reading = Reading(
        scale=Scale.MINUTE, start=MARCH + 600, figures=figures_of(usages), read_at=LONG_AFTER
    )
    return next(reading.chunks())


@CODECS
@REPEATABLE
@given(some.lists(ANY_USAGE, max_size=60))
def test_figures_are_those_of_the_domain(codec: ChunkCodec, usages) -> None:
    assert codec.figures(usages) == figures_of(usages)


@CODECS
@pytest.mark.parametrize("half", range(-7, 8, 2))
def test_halves_are_rounded_to_even(codec: ChunkCodec, half) -> None:
    (value,) = codec.figures([half / 2048]).millijoules
    assert value % 2 == 0
    assert value == round(half * 3_600_000_000 / 2048)


@CODECS
@REPEATABLE
@given(chunks())
def test_parts_are_those_of_the_domain(codec: ChunkCodec, chunk) -> None:
    width = part_seconds(chunk.span.scale)
    assert codec.parts(chunk, width) == parts_of(chunk, width)
    if chunk.span.scale is Scale.SECOND:
        assert codec.parts(chunk, 60) == parts_of(chunk, 60)


@CODECS
@REPEATABLE
@given(chunks())
def test_what_was_sealed_is_opened_to_the_unit(codec: ChunkCodec, chunk) -> None:
    sealed = codec.seal(chunk)
    assert codec.open(sealed) == chunk
    assert codec.runs(sealed.runs) == chunk.runs


@CODECS
@REPEATABLE
@given(chunks())
def test_a_sealed_chunk_tells_of_itself_without_being_opened(codec: ChunkCodec, chunk) -> None:
    sealed = codec.seal(chunk)
    known = [
        value
        for first, last, run in chunk.stretches()
        if run.mark & (Mark.READ | Mark.IMPORTED)
        for value in chunk.millijoules[first:last]
    ]
    assert sealed.span == chunk.span
    assert (sealed.asked, sealed.known) == (chunk.asked, len(known))
    assert sealed.total == sum(known)
    assert (sealed.least, sealed.greatest) == (min(known, default=0), max(known, default=0))
    assert sealed.size == len(sealed.runs) + len(sealed.data)


@CODECS
def test_the_widest_figures_are_kept(codec: ChunkCodec) -> None:
    for least, greatest in ((-(2**31), 2**31 - 1), (-(2**31) - 1, 2**31), (-(2**62), 2**62)):
        chunk = whole(Scale.MINUTE)
        values = array("q", [least, greatest] * 720)
        chunk = replace(chunk, millijoules=values).judged()
        assert codec.open(codec.seal(chunk)) == chunk


@CODECS
@pytest.mark.parametrize("scale", KEPT_SCALES)
def test_of_a_span_that_nobody_asked_about_nothing_is_kept_and_all_is_told(
    codec: ChunkCodec, scale
) -> None:
    empty = Chunk.empty(span_at(scale, MARCH))
    sealed = codec.seal(empty)
    assert codec.open(sealed) == empty
    assert (sealed.asked, sealed.known, sealed.total) == (0, 0, 0)


def flipped(codec: ChunkCodec, data: bytes) -> Iterator[bytes]:
    """The same with one bit changed, each of them in turn; of plain text, which is long, some."""
    for at in range(0, len(data) * 8, 61 if isinstance(codec, PlainChunkCodec) else 1):
        place, bit = divmod(at, 8)
        yield data[:place] + bytes((data[place] ^ 1 << bit,)) + data[place + 1 :]


def damaged(codec: ChunkCodec, sealed: SealedChunk) -> Iterator[SealedChunk]:
    for data in flipped(codec, sealed.data):
        yield replace(sealed, data=data)
    for runs in flipped(codec, sealed.runs):
        yield replace(sealed, runs=runs)
    for bit in range(32):
        yield replace(sealed, checksum=sealed.checksum ^ 1 << bit)
    yield replace(sealed, data=sealed.data[:-1])
    yield replace(sealed, data=b"")
    yield replace(sealed, runs=b"")


def is_refused(codec: ChunkCodec, sealed: SealedChunk) -> bool:
    try:
        codec.open(sealed)
    except ChunkDamaged:
        return True
    return False


@CODECS
@pytest.mark.parametrize("made", [whole, with_gaps])
def test_every_flipped_bit_of_a_chunk_is_noticed(codec: ChunkCodec, made) -> None:
    sealed = codec.seal(made())
    told = [each for each in damaged(codec, sealed) if not is_refused(codec, each)]
    assert told == []
    assert not is_refused(codec, sealed)


@CODECS
def test_every_flipped_bit_of_a_month_is_noticed(codec: ChunkCodec) -> None:
    month = month_of(whole(Scale.MINUTE), with_gaps())
    sealed = codec.seal_month(month)
    told = 0
    for spoiled in (*flipped(codec, sealed), sealed[:-1], sealed[:2], b""):
        try:
            codec.open_month(MARCH, spoiled)
        except ChunkDamaged:
            continue
        told += 1
    assert told == 0
    assert codec.open_month(MARCH, sealed) == month


def test_a_chunk_in_the_place_of_another_is_noticed() -> None:
    codec = LateChunkCodec()
    sealed = codec.seal(whole())
    elsewhere = replace(sealed, span=span_at(Scale.SECOND, MARCH + 3600))
    assert is_refused(codec, elsewhere)


@CODECS
def test_a_month_in_the_place_of_another_is_noticed(codec: ChunkCodec) -> None:
    sealed = codec.seal_month(month_of(whole(Scale.MINUTE)))
    with pytest.raises(ChunkDamaged):
        codec.open_month(MARCH - 28 * 86_400, sealed)


@CODECS
@FEW
@given(some.lists(chunks(), max_size=4))
def test_a_month_is_opened_as_it_was_sealed(codec: ChunkCodec, made) -> None:
    month = month_of(*made)
    assert codec.open_month(MARCH, codec.seal_month(month)) == month


def test_a_second_of_a_home_takes_less_than_a_byte() -> None:
    """Figures of 0.1 W, as Emporia tells them."""
    usages = [round((400 + at % 60) / 0.1) * 0.1 / 3.6e6 for at in range(3600)]
    reading = Reading(
        scale=Scale.SECOND, start=MARCH, figures=figures_of(usages), read_at=LONG_AFTER
    )
    assert LateChunkCodec().seal(next(reading.chunks())).size < 3600
