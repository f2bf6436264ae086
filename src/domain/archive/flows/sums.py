"""Flows of the buckets that are asked for, from those of the stretches that they are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.archive.grid import Grid
from domain.archive.spans import HOUR_SECONDS
from domain.emporia.flow import UNKNOWN_FLOW, Flow


class FlowQuality(StrEnum):
    """How the flows of a bucket were come by.

    `netted`: of a part of it only the difference of what was drawn and given is known, which stands
    for both. `partial`: some of it is unknown, and left out.
    """

    MEASURED = "measured"
    NETTED = "netted"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What flowed from one second to another, in millijoules."""

    start: int
    end: int
    flow: Flow

    @property
    def unknown(self) -> int:
        """How many of its flows nobody knows."""
        return self.flow.count(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketFlow:
    """A bucket's flow in millijoules, and for how many of its seconds it is known."""

    flow: Flow
    known_seconds: int
    quality: FlowQuality


def pieces_of(grid: Grid) -> list[tuple[int, int]]:
    """The buckets, cut where hours (UTC) begin if they are wider: first second, and end of each."""
    edges: list[int] = []
    for place, start in enumerate(grid.starts):
        edges.append(start)
        first_hour = -(-(start + 1) // HOUR_SECONDS) * HOUR_SECONDS
        edges.extend(range(first_hour, grid.end_of(place), HOUR_SECONDS))
    return list(zip(edges, [*edges[1:], grid.end], strict=True))


def summed(grid: Grid, pieces: Sequence[Piece]) -> list[BucketFlow]:
    """Each bucket; `pieces` are as `pieces_of` cuts them."""
    sums = []
    place = 0
    for bucket, start in enumerate(grid.starts):
        end = grid.end_of(bucket)
        first = place
        while place < len(pieces) and pieces[place].start < end:
            place += 1
        sums.append(_sum(pieces[first:place], end - start))
    return sums


def _sum(pieces: Sequence[Piece], seconds: int) -> BucketFlow:
    """Over the pieces of which the most is known: what is added up is always the same."""
    least = min(piece.unknown for piece in pieces)
    known = [piece for piece in pieces if piece.unknown == least < UNKNOWN_FLOW.count(None)]
    known_seconds = sum(piece.end - piece.start for piece in known)
    total = _added(piece.flow for piece in known) if known else UNKNOWN_FLOW
    if not known:
        quality = FlowQuality.MISSING
    elif known_seconds < seconds:
        quality = FlowQuality.PARTIAL
    else:
        quality = FlowQuality.NETTED if total.is_netted else FlowQuality.MEASURED
    return BucketFlow(flow=total, known_seconds=known_seconds, quality=quality)


def _added(flows: Iterable[Flow]) -> Flow:
    """The sum; what is unknown in one of them is so in the sum."""
    *columns, netted = zip(*flows, strict=True)
    return Flow._make((*(None if None in each else sum(each) for each in columns), any(netted)))
