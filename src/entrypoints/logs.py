"""What the process says on stderr: one line a record, in UTC, and nothing that is secret.

Other people's libraries are heard from a warning on: below that they tell addresses with their
queries, and even whole messages.
"""

import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

OUR_PACKAGES = ("domain", "application", "adapters", "entrypoints")
DEEPEST_FRAMES = 3


class OneLineFormatter(logging.Formatter):
    """Time, level, who and what. An exception is its type and place: its text may be anything."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = " ".join(record.getMessage().split())
        line = f"{at.replace('+00:00', 'Z')} {record.levelname} {record.name}: {said}"
        kind, _, frames = record.exc_info or (None, None, None)
        return f"{line} [{kind.__name__} {_place(frames)}]" if kind else line


def _place(frames: TracebackType | None) -> str:
    """Where it went wrong, the deepest place first."""
    stack = traceback.extract_tb(frames)[-DEEPEST_FRAMES:]
    names = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(stack)]
    return "at " + " from ".join(names) if names else "at an unknown place"


def log_to_stderr(level: str) -> None:
    """Send everything to stderr, ours from this level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLineFormatter())
    ours = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(handlers=[handler], level=max(ours, logging.WARNING), force=True)
    for name in OUR_PACKAGES:
        logging.getLogger(name).setLevel(ours)
