"""The samples of one series over one span: whole numbers, and runs of how each was come by."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from domain.archive.quality import KNOWN, Mark
from domain.archive.recording.flat import flat_stretches
from domain.archive.spans import Span

UNREAD_AT = 0


class Run(NamedTuple):
    """So many buckets in a row that were come by in the same way.

    `read_at` is when their figures were read, in seconds since 1970; of nulls the newest time.
    """

    mark: int
    length: int
    read_at: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """Every bucket of a span, in millijoules; those that nobody knows are 0, and marked so.

    Immutable: `join` makes a new one. In whatever order chunks of a span are joined, and however
    often, the same comes out: what was read last counts, and no null replaces a figure.
    """

    span: Span
    millijoules: "array[int]"
    runs: tuple[Run, ...]

    @classmethod
    def empty(cls, span: Span) -> "Chunk":
        """Nothing is known of it, and nobody has asked."""
        return cls(span, array("q", bytes(8 * span.count)), (Run(0, span.count, UNREAD_AT),))

    def stretches(self) -> Iterator[tuple[int, int, Run]]:
        """Each run with the places of its first bucket and of the one after its last."""
        first = 0
        for run in self.runs:
            yield first, first + run.length, run
            first += run.length

    @property
    def asked(self) -> int:
        """How many buckets were asked for, or told by a file."""
        return sum(run.length for run in self.runs if run.mark)

    @property
    def known(self) -> int:
        """How many buckets have a figure."""
        return sum(run.length for run in self.runs if run.mark & KNOWN)

    def join(self, other: "Chunk") -> "Chunk":
        """Both together; see the class for who wins."""
        values = array("q", self.millijoules)
        runs: list[Run] = []
        for first, last, ours, theirs in _overlaps(self.runs, other.runs):
            mark, read_at, winner = _joined(ours, theirs)
            if winner is theirs:
                values[first:last] = other.millijoules[first:last]
            elif winner is None:  # read in the same second: the larger, whoever came first
                pairs = zip(values[first:last], other.millijoules[first:last], strict=True)
                values[first:last] = array("q", (max(pair) for pair in pairs))
            runs.append(Run(mark, last - first, read_at))
        return replace(self, millijoules=values, runs=merged(runs)).judged()

    def judged(self) -> "Chunk":
        """With the flat stretches marked as what they are: means, not samples."""
        plain = merged(run._replace(mark=run.mark & ~Mark.AVERAGED) for run in self.runs)
        chunk = replace(self, runs=plain)
        readable = [(first, last) for first, last, run in chunk.stretches() if run.mark & Mark.READ]
        flat = [
            stretch
            for first, last in _touching(readable)
            for stretch in flat_stretches(self.span, self.millijoules, first, last)
        ]
        return replace(chunk, runs=_with_mark(plain, flat)) if flat else chunk


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same with neighbours of a kind made one, and empty ones left out."""
    made: list[Run] = []
    for run in runs:
        if made and made[-1].mark == run.mark and made[-1].read_at == run.read_at:
            made[-1] = run._replace(length=made[-1].length + run.length)
        elif run.length:
            made.append(run)
    return tuple(made)


def _joined(ours: Run, theirs: Run) -> tuple[int, int, Run | None]:
    """The marks, when it was read, and whose figures count; None where both were read at once."""
    null = (ours.mark | theirs.mark) & Mark.NULL
    for kind in (Mark.READ, Mark.IMPORTED):
        tellers = [run for run in (ours, theirs) if run.mark & kind]
        if tellers:
            newest = max(run.read_at for run in tellers)
            winners = [run for run in tellers if run.read_at == newest]
            return kind | null, newest, winners[0] if len(winners) == 1 else None
    return null, max(ours.read_at, theirs.read_at), ours


def _overlaps(ours: Sequence[Run], theirs: Sequence[Run]) -> Iterator[tuple[int, int, Run, Run]]:
    """Where both are of one run each, from the first bucket to the last."""
    first, one, other = 0, 0, 0
    our_end, their_end = ours[0].length, theirs[0].length
    while True:
        last = min(our_end, their_end)
        yield first, last, ours[one], theirs[other]
        first = last
        if our_end == last:
            one += 1
            if one == len(ours):
                return
            our_end += ours[one].length
        if their_end == last:
            other += 1
            their_end += theirs[other].length


def _touching(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbours made one: a flat stretch may have been read in two parts."""
    held: tuple[int, int] | None = None
    for first, last in stretches:
        if held is not None and held[1] == first:
            held = held[0], last
            continue
        if held is not None:
            yield held
        held = first, last
    if held is not None:
        yield held


def _with_mark(runs: Sequence[Run], flat: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    """The runs, cut at the edges of the flat stretches, which are marked."""
    edges = sorted({edge for stretch in flat for edge in stretch})
    inside = {first for first, _ in flat}
    made: list[Run] = []
    place, is_flat = 0, False
    pending = list(edges)
    for run in runs:
        left = run.length
        while left:
            if pending and pending[0] == place:
                is_flat = place in inside
                pending.pop(0)
            step = min(left, pending[0] - place) if pending else left
            mark = run.mark | Mark.AVERAGED if is_flat else run.mark
            made.append(Run(mark, step, run.read_at))
            place, left = place + step, left - step
    return merged(made)
