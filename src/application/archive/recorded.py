"""Which series of an account are recorded, and what of them nobody has asked for yet."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from application.ports.archive.chunk_codec import ChunkCodec
from domain.archive.held import Held
from domain.archive.quality import Mark
from domain.archive.recording.late import is_worth_another_look
from domain.archive.recording.plan import Range
from domain.archive.series import SeriesName
from domain.emporia.channels import MAINS, ChannelKind
from domain.emporia.devices import Customer, Device
from domain.emporia.usage import Scale

FINER = {
    Scale.SECOND: (Scale.SECOND,),
    Scale.MINUTE: (Scale.MINUTE,),
    Scale.QUARTER_HOUR: (Scale.QUARTER_HOUR, Scale.MINUTE),
    Scale.HOUR: (Scale.HOUR, Scale.QUARTER_HOUR, Scale.MINUTE),
}
"""A stretch that was asked for finer need not be asked for again; seconds are of a few hours."""


def series_of(customer: Customer) -> tuple[list[SeriesName], list[SeriesName]]:
    """The mains of the homes' panels and meters, and every other series that is measured."""
    roots = {gid for home in customer.homes for gid in home.roots}
    mains: list[SeriesName] = []
    others: list[SeriesName] = []
    for device in _walk(customer.devices):
        name = SeriesName(device.gid, MAINS)
        (mains if device.gid in roots else others).append(name)
        others += [
            SeriesName(device.gid, channel.number)
            for channel in device.channels
            if ChannelKind.of(channel.number) is ChannelKind.CIRCUIT
        ]
    return list(dict.fromkeys(mains)), list(dict.fromkeys(others))


def _walk(devices: Iterable[Device]) -> Iterator[Device]:
    for device in devices:
        yield device
        yield from _walk(device.devices)


@dataclass(slots=True)
class Asked:
    """Stretches that were asked for, by series and scale; in order, and none touches the next."""

    ranges: dict[tuple[SeriesName, Scale], list[Range]] = field(default_factory=dict)

    @classmethod
    def of(cls, held: Sequence[Held], codec: ChunkCodec, *, now: int) -> "Asked":
        """What the chunks say. Blocks for as long as there are many."""
        found: defaultdict[tuple[SeriesName, Scale], list[Range]] = defaultdict(list)
        newest_known = {
            (chunk.name, chunk.span.scale): chunk.span.start for chunk in held if chunk.known
        }
        for chunk in held:
            key = chunk.name, chunk.span.scale
            if chunk.known == chunk.span.count:
                found[key].append((chunk.span.start, chunk.span.end))
            else:
                is_back_later = newest_known.get(key, 0) > chunk.span.start
                found[key] += _asked_of(chunk, codec, is_back_later=is_back_later, now=now)
        return cls({key: _joined(ranges) for key, ranges in found.items()})

    def gaps(self, name: SeriesName, scale: Scale, start: int, end: int) -> Iterator[Range]:
        """What of [start, end) was asked for neither at this scale nor at a finer one."""
        ranges = _joined(
            each
            for finer in FINER[scale]
            for each in self._between(self.ranges.get((name, finer), []), start, end)
        )
        for first, last in ranges:
            if start < first:
                yield start, first
            start = max(start, last)
        if start < end:
            yield start, end

    @staticmethod
    def _between(ranges: Sequence[Range], start: int, end: int) -> Iterator[Range]:
        place = max(0, bisect_left(ranges, (start, start)) - 1)
        while place < len(ranges) and ranges[place][0] < end:
            yield ranges[place]
            place += 1


def _asked_of(chunk: Held, codec: ChunkCodec, *, is_back_later: bool, now: int) -> Iterator[Range]:
    """The runs that were asked for, but for nulls that may have become figures since.

    Only where the device was back afterwards: one that stays away has nothing to tell.
    """
    width, start = chunk.span.seconds, chunk.span.start
    runs = codec.runs(chunk.runs)
    last_known = max((place for place, run in enumerate(runs) if run.mark & Mark.READ), default=-1)
    for place, run in enumerate(runs):
        end = start + run.length * width
        is_late = (
            run.mark == Mark.NULL
            and (is_back_later or place < last_known)
            and is_worth_another_look(chunk.span.scale, end, read_at=run.read_at, now=now)
        )
        if run.mark and not is_late:
            yield start, end
        start = end


def _joined(ranges: Iterable[Range]) -> list[Range]:
    made: list[Range] = []
    for start, end in sorted(ranges):
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], end)
        else:
            made.append((start, end))
    return made
