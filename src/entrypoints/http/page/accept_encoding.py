"""Reads the header Accept-Encoding."""

from collections.abc import Sequence

LONGEST_HEADER = 1024
"""Browsers send some 30 characters; each part of it costs time."""


def preferred_encoding(accepted: str, offered: Sequence[str]) -> str | None:
    """The encoding that a caller likes best of those offered, ties to the first.

    None where it likes the plain content better, or takes no other, and where it says too much.
    """
    if len(accepted) > LONGEST_HEADER:
        return None
    weights = dict(map(_weighted, accepted.split(",")))
    others = weights.get("*", 0.0)
    best = max(offered, key=lambda name: weights.get(name, others), default=None)
    if best is None:
        return None
    weight = weights.get(best, others)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _weighted(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    return name.strip().lower(), _weight(parameter)


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:  # what can't be read counts as a refusal
        return 0.0
