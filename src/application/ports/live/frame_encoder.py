"""How a sample looks on the wire."""

from typing import Protocol

from application.live.feed.outlet import Frame
from domain.emporia.samples import UsageDocument
from domain.emporia.usage import Document


class FrameEncoder(Protocol):
    """Encodes a frame once for all its readers; does not block."""

    def device_data(self, usages: UsageDocument, live: Document | None) -> Frame:
        """The frame that carries this sample, and how fresh it is where that is given."""
        ...
