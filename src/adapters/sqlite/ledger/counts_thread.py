"""The one thread that writes counts, for there are some with every request."""

from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread

from adapters.sqlite.ledger.counts import Counts, CountsFile
from adapters.system.polite_threads import interrupt_nobody

Tell = Callable[[BaseException | None], object]


class CountsThread:
    """Writes what it is handed, in turn; begins with the first.

    An executor's thread, its queue and its futures would cost as much as the writing.
    """

    def __init__(self, file: CountsFile) -> None:
        self._file = file
        self._handed: SimpleQueue[tuple[Counts, Tell] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def write(self, counts: Counts, *, tell: Tell) -> None:
        """Write them soon, and tell from the thread what it failed at, None if at nothing."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="counts", daemon=True)
            self._thread.start()
        self._handed.put((counts, tell))

    def close(self) -> None:
        """Write what was handed over, then end the thread and let the file go."""
        if self._thread is not None:
            self._handed.put(None)
            self._thread.join()
            self._thread = None
        self._file.close()

    def _run(self) -> None:
        interrupt_nobody()
        while handed := self._handed.get():
            counts, tell = handed
            failure = self._failure_of(counts)
            with suppress(RuntimeError):  # an event loop that is closed: nobody waits any more
                tell(failure)

    def _failure_of(self, counts: Counts) -> BaseException | None:
        try:
            self._file.write(counts)
        except BaseException as failure:  # noqa: BLE001  # whatever it is, somebody waits for it
            return failure
        return None
