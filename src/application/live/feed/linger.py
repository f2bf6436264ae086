"""How long a feed goes on when nobody watches any more."""

from application.ports.clock import Clock

LINGER_SECONDS = 5.0
"""A page that is reloaded is back by then."""


class Linger:
    """Begins when the last one leaves; somebody who comes ends it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: float | None = None

    def begin(self) -> None:
        """Nobody watches from now on."""
        self._since = self._clock.monotonic()

    def end(self) -> None:
        """Somebody watches."""
        self._since = None

    @property
    def is_over(self) -> bool:
        """Whether nobody has watched for so long."""
        return self._since is not None and self._clock.monotonic() - self._since >= LINGER_SECONDS
