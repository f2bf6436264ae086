"""Chunks and months that no codec made: stores do not look inside."""

from application.ports.archive.chunk_store import SealedMonth
from domain.archive.sealed import SealedChunk
from domain.archive.series import Series, SeriesName
from domain.archive.spans import span_at
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

ADAS, BOBS = AccountId(4711), AccountId(4712)
MAINS, CIRCUIT = SeriesName(1001, "1,2,3"), SeriesName(1001, "7")
SERIES = Series(ADAS, MAINS)

MARCH = 1_772_323_200
HOUR, DAY = 3_600, 86_400
APRIL = MARCH + 31 * DAY


def chunk(start: int = MARCH, *, scale: Scale = Scale.MINUTE, data: bytes = b"data") -> SealedChunk:
    return SealedChunk(
        span=span_at(scale, start),
        asked=60,
        known=50,
        total=-(2**50),
        least=-(2**40),
        greatest=2**40,
        runs=b"runs of " + data,
        data=data,
        checksum=2**32 - 1,
    )


def month(start: int = MARCH, *, data: bytes = b"hours") -> SealedMonth:
    return SealedMonth(start=start, data=data)
