"""What may be told of an exception: its type and its place, for its text may be anything."""

import traceback
from pathlib import Path

OUR_PACKAGES = ("domain", "application", "adapters", "entrypoints")
DEEPEST_FRAMES = 3


def is_ours(name: str) -> bool:
    """Whether a module or logger of this name is part of the gateway."""
    return name.partition(".")[0] in OUR_PACKAGES


def type_and_place(error: BaseException) -> str:
    """What went wrong and where, the deepest place first."""
    stack = traceback.extract_tb(error.__traceback__)[-DEEPEST_FRAMES:]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(stack)]
    return f"{type(error).__name__} at {' from '.join(places) or 'an unknown place'}"
