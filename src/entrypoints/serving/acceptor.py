"""Takes connections in from a listening socket, also when the process runs out of files.

asyncio's own server logs that once a second, and uvloop's never listens again.
"""

import asyncio
import logging
import socket
from collections.abc import Callable

from entrypoints.serving.admission import Admission, Place
from entrypoints.serving.refusals import TOO_MANY_IN_ALL, TOO_MANY_OF_ADDRESS

logger = logging.getLogger(__name__)

AT_ONCE = 64
"""How many are taken in before others get the loop."""

MOST_WAITING = 2048
"""How many may wait for their turn in the kernel; others try again after a second."""

PAUSE_SECONDS = 0.2
"""How long to wait for files when there are none."""

CALM_SECONDS = 5.0
"""How long nothing may have failed before that is said to be over: near the limit it comes and
goes."""

REFUSED = {refusal: refusal.serialize() for refusal in (TOO_MANY_IN_ALL, TOO_MANY_OF_ADDRESS)}
"""Made once: whoever is refused may come again at once, and often."""

Connecting = Callable[[Place], asyncio.Protocol]


class Acceptor:
    """Listens from `open` to `close`; has what uvicorn asks of an asyncio server."""

    def __init__(
        self, listener: socket.socket, admission: Admission, connecting: Connecting
    ) -> None:
        self._listener = listener
        self._admission = admission
        self._connecting = connecting
        self._loop = asyncio.get_running_loop()
        self._arriving: set[asyncio.Task[None]] = set()
        self._failed_at: float | None = None
        listener.setblocking(False)
        listener.listen(MOST_WAITING)
        self._accepting = self._loop.create_task(self._accept(), name="accepting connections")

    def close(self) -> None:
        """Take nobody in any more."""
        self._accepting.cancel()

    async def wait_closed(self) -> None:
        """Return when nobody is being taken in."""
        await asyncio.gather(self._accepting, *self._arriving, return_exceptions=True)

    async def _accept(self) -> None:
        while True:
            try:
                self._take(*await self._loop.sock_accept(self._listener))
                self._take_more()
            except OSError as error:
                self._note_failure(error)
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                self._note_success()

    def _note_failure(self, error: OSError) -> None:
        if self._failed_at is None:
            logger.error(
                "No new connections can be taken in: %(reason)s",
                {"event": "accepting_fails", "reason": error.strerror},
            )
        self._failed_at = self._loop.time()

    def _note_success(self) -> None:
        if self._failed_at is not None and self._loop.time() - self._failed_at > CALM_SECONDS:
            self._failed_at = None
            logger.warning("New connections are taken in again", {"event": "accepting_recovered"})

    def _take_more(self) -> None:
        """Take in those who came at the same time."""
        for _ in range(AT_ONCE):
            try:
                self._take(*self._listener.accept())
            except (BlockingIOError, InterruptedError, ConnectionError):
                return  # nobody waits, or somebody left before the turn came

    def _take(self, connection: socket.socket, address: tuple[str, int]) -> None:
        connection.setblocking(False)
        place = self._admission.admit(address[0])
        if isinstance(place, Place):
            arriving = self._loop.create_task(self._connect(connection, place))
            self._arriving.add(arriving)
            arriving.add_done_callback(self._arriving.discard)
            return
        with connection:
            try:
                connection.send(REFUSED[place])
            except OSError:
                logger.debug("a connection that was refused left first")

    async def _connect(self, connection: socket.socket, place: Place) -> None:
        try:
            await self._loop.connect_accepted_socket(lambda: self._connecting(place), connection)
        except OSError:
            place.leave()
            connection.close()
            logger.debug("a connection broke while it was taken in")
