"""Whether this node would hear that a login was ended, or a key revoked."""

from typing import Protocol


class Sight(Protocol):
    """Knows for how long nothing could have been heard. Where there is one node, there is none."""

    def require(self) -> None:
        """Raise StorageUnavailable where it was so long that nobody may be let in any more."""
        ...
