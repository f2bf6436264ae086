"""Frames that a test can read."""

import json

from application.live.feed.outlet import Frame
from application.ports.live.frame_encoder import FrameEncoder
from domain.emporia.samples import UsageDocument
from domain.emporia.usage import Document


class JsonFrameEncoder(FrameEncoder):
    """Writes frames with the standard library, and counts them in `encoded`."""

    def __init__(self) -> None:
        self.encoded = 0

    def device_data(self, usages: UsageDocument, live: Document | None) -> Frame:
        """The frame as JSON."""
        self.encoded += 1
        data = {"deviceListUsages": usages.content} | ({"live": live} if live else {})
        return Frame(json.dumps({"type": "deviceData", "data": data}).encode())
