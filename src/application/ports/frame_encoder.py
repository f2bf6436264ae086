"""How a sample looks on the wire."""

from typing import Protocol

from domain.usage import Document


class FrameEncoder(Protocol):
    """Encodes a frame once for all its readers; does not block."""

    def device_data(self, device_list_usages: Document) -> bytes:
        """The frame that carries this sample to every socket of an account."""
        ...
