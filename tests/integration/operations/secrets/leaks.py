"""Where a secret may stand and where it was seen: what does not fit is a leak."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from entrypoints.logs.set_up import WRITERS, formatter

KEY_FILES = {"token-secret", "sealing-key"}
"""They are secrets themselves, and each stands in its own file alone."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that may stand only where `allowed` says; a place is allowed by its beginning."""

    name: str
    text: bytes
    allowed: tuple[str, ...] = ()

    def leaked_to(self, place: str, content: bytes) -> bool:
        """Whether it stands in what was seen there, and should not."""
        return self.text in content and not place.startswith(self.allowed or ("nowhere",))


@dataclass(slots=True)
class Seen:
    """Everything that left the gateway, by place."""

    places: dict[str, bytes] = field(default_factory=dict)
    open_to_others: set[str] = field(default_factory=set)

    def note(self, place: str, content: bytes) -> None:
        """Something was seen there."""
        self.places[place] = self.places.get(place, b"") + content + b"\n"

    def note_files(self, folder: Path) -> None:
        """Look into every file of the data folder."""
        for file in folder.rglob("*"):
            if file.is_file():
                self.note_file(f"file {file.name}", file)

    def note_file(self, place: str, file: Path) -> None:
        """Look into one file, and at who else may."""
        if file.stat().st_mode & 0o077:
            self.open_to_others.add(place)
        if file.name not in KEY_FILES:
            self.note(place, file.read_bytes())

    def leaks(self, secrets: list[Secret]) -> list[str]:
        """Each secret that stands where it should not, and where."""
        return [f"mode of {place}" for place in sorted(self.open_to_others)] + [
            f"{secret.name} in {place}"
            for place, content in sorted(self.places.items())
            for secret in secrets
            if secret.leaked_to(place, content)
        ]


@contextmanager
def logging_to(seen: Seen) -> Iterator[None]:
    """Write all that is logged, at any level and in every form, as the gateway would write it."""
    root, level = logging.getLogger(), logging.getLogger().level
    streams = {form: io.StringIO() for form in WRITERS}
    handlers = []
    for form, stream in streams.items():
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter(form))
        handlers.append(handler)
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours = [
        logging.getLogger(name) for name in ("domain", "application", "adapters", "entrypoints")
    ]
    levels = [logger.level for logger in ours]
    for logger in ours:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for handler in handlers:
            root.removeHandler(handler)
        root.setLevel(level)
        for logger, before in zip(ours, levels, strict=True):
            logger.setLevel(before)
        for form, stream in streams.items():
            seen.note(f"log as {form}", stream.getvalue().encode())
