"""Answers that many ask for, encoded once."""

from collections import OrderedDict
from dataclasses import dataclass

import msgspec

from application.live.read_instant import InstantQuery, ReadInstant
from domain.emporia.samples import UsageDocument

MOST_REMEMBERED = 256
MOST_BYTES = 2 * 1024 * 1024
"""Of JSON; the objects that it was made of take some five times as much."""


class EncodedUsages:
    """Remembers the JSON of the latest samples; one that is asked for again is the same object.

    What was picked for one caller is another object each time, and is not worth a place here for
    long: the oldest make room.
    """

    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()
        self._known: OrderedDict[int, tuple[UsageDocument, bytes]] = OrderedDict()
        self._bytes = 0

    def json(self, usages: UsageDocument) -> bytes:
        """The answer that holds these usages."""
        known = self._known.get(id(usages))
        if known is not None and known[0] is usages:
            return known[1]
        encoded = self._encoder.encode({"deviceListUsages": usages.written})
        self._known[id(usages)] = (usages, encoded)
        self._bytes += len(encoded)
        while len(self._known) > MOST_REMEMBERED or self._bytes > MOST_BYTES:
            self._bytes -= len(self._known.popitem(last=False)[1][1])
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
