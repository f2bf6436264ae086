"""Answers that many ask for, encoded once."""

from collections import OrderedDict
from dataclasses import dataclass

import msgspec

from application.live.read_instant import InstantQuery, ReadInstant
from domain.emporia.samples import UsageDocument

MOST_REMEMBERED = 256


class EncodedUsages:
    """Remembers the JSON of the latest samples; one that is asked for again is the same object.

    What was picked for one caller is another object each time, and is not worth a place here for
    long: the oldest make room.
    """

    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()
        self._known: OrderedDict[int, tuple[UsageDocument, bytes]] = OrderedDict()

    def json(self, usages: UsageDocument) -> bytes:
        """The answer that holds these usages."""
        known = self._known.get(id(usages))
        if known is not None and known[0] is usages:
            return known[1]
        encoded = self._encoder.encode({"deviceListUsages": usages.content})
        self._known[id(usages)] = (usages, encoded)
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return encoded


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantAnswers:
    """Answers what was used at an instant, in JSON.

    One object for a handler to ask for: Litestar starts a task group for two.
    """

    read_instant: ReadInstant
    encoded_usages: EncodedUsages

    async def __call__(self, query: InstantQuery) -> bytes:
        """The body of the answer; raises what ReadInstant raises."""
        return self.encoded_usages.json(await self.read_instant(query))
