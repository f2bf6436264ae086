"""What a file's figures are worth beside those that the archive has."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from domain.archive.chunks import Chunk
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.exchange.errors import ImportRefused
from domain.archive.quality import KNOWN, Mark
from domain.archive.recording.reading import Figures
from domain.archive.spans import SECONDS
from domain.archive.told import EMPORIAS, Told
from domain.emporia.usage import Scale

DIFFERS_BEYOND_PERCENT = 1
REFUSED_BEYOND_PERCENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Buckets of a file, counted: those to take, and those that the archive has already.

    Of those that Emporia told too (`overlapping`), so many differ by more than a hundredth.
    """

    taken: int = 0
    known: int = 0
    overlapping: int = 0
    differing: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            taken=self.taken + other.taken,
            known=self.known + other.known,
            overlapping=self.overlapping + other.overlapping,
            differing=self.differing + other.differing,
        )

    def require_same_home(self) -> None:
        """Raise ImportRefused where too much differs from what Emporia told of this home."""
        if self.differing * 100 > self.overlapping * REFUSED_BEYOND_PERCENT:
            raise ImportRefused(
                "this seems to be another home's file, or another circuit's: "
                f"{self.differing} of {self.overlapping} buckets that Emporia has told of differ "
                f"by more than {DIFFERS_BEYOND_PERCENT} %, and {REFUSED_BEYOND_PERCENT} % of them "
                "may."
            )


def weigh(
    figures: Figures,
    told: Told,
    held: Sequence[Chunk],
    *,
    scale: Scale,
    start: int,
    allowance_kwh: float,
) -> tuple[Figures, Tally]:
    """The figures that the archive lacks, and the count of all; `told` is of the same buckets.

    `held` are the chunks of this very scale. What Emporia told stays, and what a file told as it
    is told now. `allowance_kwh` is what rounding may have changed.
    """
    values = figures.millijoules
    kept = _kept(held, start, len(values), SECONDS[scale])
    allowance = round(allowance_kwh * MILLIJOULES_PER_KWH) + 1
    wanted = bytearray(len(values))
    known = overlapping = differing = 0
    for place in _known_places(figures):
        value = values[place]
        if told.qualities[place] in EMPORIAS:
            overlapping += 1
            known += 1
            differing += _differ(value, told.millijoules[place], allowance)
        elif kept.get(place, value + 1) in (value, None):
            known += 1
        else:
            wanted[place] = 1
    runs = tuple((bool(is_wanted), len(tuple(run))) for is_wanted, run in groupby(wanted))
    tally = Tally(taken=wanted.count(1), known=known, overlapping=overlapping, differing=differing)
    return Figures(array("q", values), runs), tally


def _differ(one: int, other: int, allowance: int) -> bool:
    largest = max(abs(one), abs(other))
    return (abs(one - other) - allowance) * 100 > largest * DIFFERS_BEYOND_PERCENT


def _known_places(figures: Figures) -> Sequence[int]:
    places: list[int] = []
    first = 0
    for is_known, count in figures.known:
        if is_known:
            places.extend(range(first, first + count))
        first += count
    return places


def _kept(held: Sequence[Chunk], start: int, count: int, width: int) -> dict[int, int | None]:
    """What is kept at this scale, by place: figures of files, and None for what stays anyway."""
    found: dict[int, int | None] = {}
    for chunk in held:
        shift = (chunk.span.start - start) // width
        for first, last, run in chunk.stretches():
            if run.mark & KNOWN:
                places = range(max(0, first + shift), min(count, last + shift))
                stays = bool(run.mark & Mark.READ)
                found.update(
                    (place, None if stays else chunk.millijoules[place - shift]) for place in places
                )
    return found
