"""The one connection of a process to NATS."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import msgspec
from nats.aio.msg import Msg as Message
from nats.aio.subscription import Subscription
from nats.errors import Error

from adapters.nats.client import LastingClient

CONNECT_SECONDS = 5.0
"""How long the first connection may take; the client itself would try for ever."""

RECONNECT_SECONDS = 0.25
PING_SECONDS = 1
UNANSWERED_PINGS = 2
"""A server that stopped is noticed after three seconds; by the client's own pings after four
minutes."""

MOST_WAITING_BYTES = 64_000
"""What may wait to be sent: what is old when a server is back must not flood the others."""

UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)
"""What comes of reading bytes that another version wrote, or anybody."""

logger = logging.getLogger(__name__)

Listener = Callable[[], Awaitable[None]]


class NatsAway(Exception):
    """No server of NATS answers; the sentence says what to look at."""

    def __init__(self, *, without_tls: bool = False) -> None:
        super().__init__(
            "NATS_URL: the server that tls:// names offers no TLS; let it, or write nats:// where "
            "nobody else is on the way."
            if without_tls
            else "NATS_URL: no server of NATS answers there; start it, or set the address and "
            "NATS_TOKEN right."
        )


class NatsConnection:
    """Connects once and reconnects for ever; nothing is sent while nobody is there to take it."""

    def __init__(self, servers: Sequence[str], *, token: str = "", name: str = "") -> None:
        self._servers = list(servers)
        self._token = token or None
        self._name = name or None
        self._back: list[Listener] = []
        self._away: list[Listener] = []
        self._was_opened = False
        self._is_closing = False
        self.client = LastingClient()

    @property
    def connected(self) -> bool:
        """Whether a server is there, as far as is known: one that hangs is known after seconds."""
        return self.client.is_connected

    def on_back(self, listener: Listener) -> None:
        """Have this awaited after each reconnection; what was told meanwhile was not heard."""
        self._back.append(listener)

    def on_away(self, listener: Listener) -> None:
        """Have this awaited when the server is found to be gone."""
        self._away.append(listener)

    async def open(self) -> None:
        """Connect; raises NatsAway."""
        self._was_opened = True
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self.client.connect(
                    self._servers,
                    token=self._token,
                    name=self._name,
                    connect_timeout=1,
                    reconnect_time_wait=RECONNECT_SECONDS,  # type: ignore[arg-type]  # it may be less
                    max_reconnect_attempts=-1,
                    ping_interval=PING_SECONDS,
                    max_outstanding_pings=UNANSWERED_PINGS,
                    pending_size=MOST_WAITING_BYTES,
                    error_cb=self._note_error,
                    reconnected_cb=self._note_back,
                    disconnected_cb=self._note_away,
                )
        except (Error, OSError, TimeoutError):
            await self.close()
            raise NatsAway(without_tls=self.client.is_refused_tls) from None

    async def close(self) -> None:
        """Say what waits to be said, and be gone; commands that run beside a node never came."""
        self._is_closing = True
        if self._was_opened:
            await self.client.close()

    async def publish(self, subject: str, payload: bytes, reply: str = "") -> bool:
        """Send to whoever listens right now; whether it may have left."""
        if not self.connected:
            return False
        try:
            await self.client.publish(subject, payload, reply)
        except (Error, OSError):
            return False
        return True

    async def request(self, subject: str, payload: bytes, *, seconds: float) -> bytes | None:
        """The first answer; None where nobody answers in time."""
        if not self.connected:
            return None
        try:
            return (await self.client.request(subject, payload, timeout=seconds)).data
        except (Error, OSError, TimeoutError):
            return None

    async def subscribe(
        self, subject: str, hear: Callable[[Message], Awaitable[None]]
    ) -> Subscription:
        """Hear what is sent from now on, again after each reconnection by itself."""

        async def heard(message: Message) -> None:
            try:
                await hear(message)
            except Exception:
                logger.exception("hearing %s broke", subject, extra={"event": "hearing_broke"})

        return await self.client.subscribe(subject, cb=heard)

    async def _note_error(self, error: Exception) -> None:
        logger.debug("NATS: %s", type(error).__name__)

    async def _note_back(self) -> None:
        logger.warning("NATS is there again", {"event": "nats_back"})
        await self._tell(self._back)

    async def _note_away(self) -> None:
        if self._is_closing:
            return
        logger.warning("NATS is away", {"event": "nats_away"})
        await self._tell(self._away)

    async def _tell(self, listeners: Sequence[Listener]) -> None:
        for listener in listeners:
            try:
                await listener()
            except Exception:
                logger.exception("a listener to NATS broke")
