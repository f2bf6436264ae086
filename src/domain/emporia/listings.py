"""How long a device list is believed: an odd one for seconds, and longer when it is repeated."""

from dataclasses import dataclass

from domain.emporia.devices import Customer

BELIEVED_SECONDS = 3600.0
"""Devices change when an electrician comes."""

DOUBTED_SECONDS = 10.0
"""Lists without devices, or without circuits, are now and then whole again at the next call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What Emporia listed last.

    `sound` is what it listed when nothing was odd, None as long as that never was. `odd_answers`
    counts the answers in a row that lacked every device, or something that was there before.
    """

    customer: Customer
    sound: Customer | None
    odd_answers: int

    @property
    def believed_seconds(self) -> float:
        """How long it needs no second look; twice as long with each odd answer, up to an hour."""
        if not self.odd_answers:
            return BELIEVED_SECONDS
        return min(DOUBTED_SECONDS * 2.0 ** (min(self.odd_answers, 20) - 1), BELIEVED_SECONDS)


def listing_after(before: Listing | None, customer: Customer) -> Listing:
    """The listing that one more answer of Emporia's makes."""
    sound = before.sound if before else None
    if not _is_odd(customer, sound):
        return Listing(customer=customer, sound=customer, odd_answers=0)
    odd_answers = before.odd_answers if before else 0
    return Listing(customer=customer, sound=sound, odd_answers=odd_answers + 1)


def _is_odd(customer: Customer, sound: Customer | None) -> bool:
    """Whether nothing is listed, or something is missing that was listed before."""
    if not customer.gids:
        return True
    return sound is not None and not (
        sound.gids <= customer.gids and sound.circuits <= customer.circuits
    )
