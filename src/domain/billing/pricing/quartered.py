"""Hours cut into quarters, for zones whose days begin within an hour of UTC."""

from array import array

from domain.archive.hours import QUARTER_SECONDS, QUARTERS
from domain.billing.pricing.metered import Metered


def in_quarters(hours: Metered) -> Metered:
    """The same in slots of a quarter hour; sums stay as they are.

    Where quarters are held, each has its own net, and what went both ways within it is spread
    evenly over the hour. Where they are not, all is.
    """
    imported, exported = array("q"), array("q")
    for place, is_held in enumerate(hours.held):
        nets = hours.quarters[place * QUARTERS : (place + 1) * QUARTERS]
        taken = [max(0, net) if is_held else 0 for net in nets]
        given = [max(0, -net) if is_held else 0 for net in nets]
        imported.extend(_with_rest(taken, hours.imported[place]))
        exported.extend(_with_rest(given, hours.exported[place]))
    return Metered(
        start=hours.start,
        imported=imported,
        exported=exported,
        known_seconds=array(
            "H", [seconds // QUARTERS for seconds in hours.known_seconds for _ in range(QUARTERS)]
        ),
        netted=_repeated(hours.netted),
        quarters=hours.quarters,
        held=_repeated(hours.held),
        slot_seconds=QUARTER_SECONDS,
    )


def _with_rest(parts: list[int], whole: int) -> list[int]:
    each, more = divmod(whole - sum(parts), QUARTERS)
    return [part + each + (place < more) for place, part in enumerate(parts)]


def _repeated(marks: bytes) -> bytes:
    return bytes(mark for mark in marks for _ in range(QUARTERS))
