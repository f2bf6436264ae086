"""Reads the header Accept: does its sender want problems of RFC 9457, or a table?"""

import re
from collections.abc import Iterable, Iterator

ENVELOPE = "application/json"
PROBLEM = "application/problem+json"
LONGEST_HEADER = 1024
_WEIGHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


def accept_in(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The header as one text, "" where none was sent; names are in small letters."""
    return b", ".join(value for name, value in headers if name == b"accept").decode("latin-1")


def wants_problem(accept: str) -> bool:
    """Whether problems are named there, and liked no less than plain JSON.

    Wildcards stand for plain JSON alone: whoever sends them may know nothing of problems. So does
    a header with more to say than anybody has.
    """
    return prefers(accept, PROBLEM)


def prefers(accept: str, kind: str) -> bool:
    """Whether this media type, in small letters, is named there and liked no less than plain JSON.

    Wildcards stand for plain JSON alone, and so does a header that is too long.
    """
    if len(accept) > LONGEST_HEADER or kind not in accept.lower():
        return False
    weights = dict(_weights(accept))
    wanted = weights.get(kind, 0.0)
    ranges = (ENVELOPE, "application/*", "*/*")
    envelope = next((weights[name] for name in ranges if name in weights), 0.0)
    return wanted > 0 and wanted >= envelope


def _weights(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        yield name, _weight(parameters)


def _weight(parameters: list[str]) -> float:
    """One where nothing is said; what can't be read counts as a refusal."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _WEIGHT.fullmatch(value.strip()) else 0.0
    return 1.0
