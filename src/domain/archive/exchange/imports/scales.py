"""Which buckets a file holds: by its name, by its owner, and by how far its lines are apart."""

import re

from domain.archive.exchange.errors import ImportRefused
from domain.archive.spans import DAY_SECONDS, KEPT_SCALES, SECONDS
from domain.emporia.usage import Scale
from domain.errors import InvalidInput

WORDS = {
    "1SEC": Scale.SECOND,
    "1MIN": Scale.MINUTE,
    "15MIN": Scale.QUARTER_HOUR,
    "1H": Scale.HOUR,
}
"""What Emporia calls the scales of its files."""

DAYS = ("1DAY", Scale.DAY.value)
DAYS_REFUSED = (
    "a file of days can't be taken: the archive keeps hours and what is finer, and sums them to "
    "days, for a day alone does not tell its hours; take Emporia's files 1SEC, 1MIN, 15MIN or 1H."
)

SHORTEST_DAY = DAY_SECONDS - 2 * 3_600

_NAME = re.compile(r".*-(1SEC|1MIN|15MIN|1H|1DAY)( ?\([0-9]{1,4}\))?(\.csv)?", re.IGNORECASE)
LONGEST_NAME = 255


def word_in(file_name: str) -> str | None:
    """The end of `c92c0a-Desk-1SEC.csv`, for devices have dashes too; None without one."""
    found = _NAME.fullmatch(file_name) if len(file_name) <= LONGEST_NAME else None
    return None if found is None else found[1].upper()


def parse_scale(text: str) -> Scale:
    """Read a scale in Emporia's spelling of files or of its API; raises InvalidInput."""
    if text.upper() in DAYS:
        raise InvalidInput(f"scale: {DAYS_REFUSED}")
    api = {scale.value: scale for scale in KEPT_SCALES}
    scale = WORDS.get(text.upper()) or api.get(text)
    if scale is None:
        raise InvalidInput(f"scale: '{text[:40]}' is not known; allowed are {', '.join(WORDS)}.")
    return scale


def scale_of(word: str | None, told: Scale | None, distance: int | None) -> Scale:
    """The scale of a file whose lines are that many seconds apart, as far as it has two.

    What is told counts before the `word` in its name. Raises ImportRefused where they differ.
    """
    if told is None and word in DAYS:
        raise ImportRefused(DAYS_REFUSED)
    scale = told or WORDS.get(word or "")
    if distance is not None and distance >= SHORTEST_DAY:
        raise ImportRefused(DAYS_REFUSED)
    if scale is None:
        return _of_distance(distance)
    if distance is not None and distance != SECONDS[scale]:
        raise ImportRefused(
            f"the lines are {distance} seconds apart, but those of {word_of(scale)} are "
            f"{SECONDS[scale]}; name the scale that the file has."
        )
    return scale


def _of_distance(distance: int | None) -> Scale:
    for scale, seconds in SECONDS.items():
        if distance == seconds:
            return scale
    allowed = ", ".join(WORDS)
    if distance is None:
        raise ImportRefused(f"one line does not tell how long it lasts; name the scale: {allowed}.")
    raise ImportRefused(f"the lines are {distance} seconds apart, which is none of {allowed}.")


def word_of(scale: Scale) -> str:
    """What Emporia calls it in its files."""
    return next(word for word, each in WORDS.items() if each is scale)
