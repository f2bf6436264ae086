"""What programs, HTTP and people are told of a failure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Failure:
    """A kind of failure; its sentence is for where nobody has better words."""

    code: str
    status: int
    title: str
    sentence: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """What HTTP tells along with it, names and values."""

    def saying(self, sentence: str) -> "Failure":
        """The same failure in other words."""
        return replace(self, sentence=sentence)

    def with_(self, headers: Mapping[str, str]) -> "Failure":
        """The same failure with these headers too."""
        return replace(self, headers=(*self.headers, *headers.items()))
