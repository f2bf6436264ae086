"""What the process says on stderr: one line a record, in UTC, and nothing that is secret.

Other people's libraries are heard from a warning on: below that they tell addresses with their
queries, and even whole messages.
"""

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

OUR_PACKAGES = ("domain", "application", "adapters", "entrypoints")
DEEPEST_FRAMES = 3


class OneLineFormatter(logging.Formatter):
    """Time, level, who and what. An exception is its type and place: its text may be anything."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = " ".join(record.getMessage().split())
        line = f"{at.replace('+00:00', 'Z')} {record.levelname} {record.name}: {said}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line} [{type_and_place(error)}]"


def type_and_place(error: BaseException) -> str:
    """What went wrong and where, the deepest place first."""
    stack = traceback.extract_tb(error.__traceback__)[-DEEPEST_FRAMES:]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(stack)]
    return f"{type(error).__name__} at {' from '.join(places) or 'an unknown place'}"


def log_to_stderr(level: str) -> None:
    """Send everything to stderr, ours from this level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLineFormatter())
    ours = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(handlers=[handler], level=max(ours, logging.WARNING), force=True)
    for name in OUR_PACKAGES:
        logging.getLogger(name).setLevel(ours)
