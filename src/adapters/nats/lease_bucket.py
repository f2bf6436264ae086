"""Keys that one node has at a time, in a bucket that forgets who does not renew them."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from nats.errors import Error
from nats.js.api import StorageType
from nats.js.errors import BadRequestError, KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from adapters.nats.connection import NatsConnection
from application.ports.clock import Clock
from application.ports.emporia.leases import Fence
from application.ports.nodes import NodeId

BUCKET = "leases"
ANSWER_SECONDS = 1.0
NEVER = 0
"""The revision before which there was none."""

RENEWALS = 3
"""How often a lease is renewed in its time."""

FIRST_BUCKET = datetime(2026, 1, 1, tzinfo=UTC)
REVISION_BITS = 39
"""Room for a thousand revisions a second for 17 years, and above them for the minute, of this
century, in which the bucket was made: a server that lost its disk counts from 1 again."""

NO_ANSWER = (Error, OSError, TimeoutError)

logger = logging.getLogger(__name__)


class LeaseSecondsDiffer(Exception):
    """Another node made the bucket; the sentence says with what."""

    def __init__(self, *, own: float, theirs: float) -> None:
        super().__init__(
            f"LEASE_SECONDS: it is {own:g} here, but the nodes that are there agreed on "
            f"{theirs:g}; set all to the same, or stop all nodes and erase the stream KV_{BUCKET} "
            "in NATS."
        )


class NoJetStream(Exception):
    """The server of NATS can keep no leases; the sentence says what to change."""

    def __init__(self) -> None:
        super().__init__(
            "NATS_URL: the server keeps nothing; let it, by -js or a block named jetstream in its "
            "configuration."
        )


@dataclass(slots=True)
class Held:
    """A key that this node has; times are the clock's monotonic ones."""

    fence: Fence
    revision: int
    renewed_at: float
    value: bytes
    """The node, and since when it has the key, in seconds since 1970: for whoever looks."""
    is_unanswered: bool = False
    """Nobody answered when it was to be renewed last, so that it may be over or not."""


class LeaseBucket:
    """Takes keys, renews them all in one burst, and lets them go.

    What comes of a request that nobody answers is unknown: it may have been obeyed. So what is in
    the bucket under this node's name is this node's, whoever remembers it.
    """

    def __init__(
        self, connection: NatsConnection, *, node_id: NodeId, clock: Clock, seconds: float
    ) -> None:
        self.connection = connection
        self.seconds = seconds
        self.held: dict[str, Held] = {}
        self._name = node_id.encode()
        self._clock = clock
        self._lost: list[Callable[[str], None]] = []
        self._is_found = False
        connection.on_back(self._come_back)

    async def open(self) -> None:
        """Find the bucket or make it; raises LeaseSecondsDiffer or NoJetStream."""
        try:
            self._bucket = await self._found()
        except NO_ANSWER:
            raise NoJetStream from None
        self._is_found = True

    def on_lost(self, loser: Callable[[str], None]) -> None:
        """Have this told of each key that turned out to be another's, or nobody's."""
        self._lost.append(loser)

    def has(self, key: str) -> bool:
        """Whether the key is this node's as far as it can know."""
        held = self.held.get(key)
        if held is None:
            return False
        is_in_time = self._clock.monotonic() < held.renewed_at + self.seconds
        return is_in_time or held.is_unanswered or not self.connection.connected

    async def take(self, key: str) -> Held | None:
        """Take the key where nobody has it; None where somebody does or nobody answers.

        It is not among those held until `keep`.
        """
        began = self._clock.monotonic()
        value = b"%b %d" % (self._name, self._clock.now().timestamp())
        try:
            revision = await self._taken(key, value)
        except NO_ANSWER:
            return None
        if revision is None:
            return None
        return Held(fence=self._fence(revision), revision=revision, renewed_at=began, value=value)

    def keep(self, key: str, held: Held) -> None:
        """Renew the key from now on."""
        self.held[key] = held

    async def let_go(self, key: str, held: Held) -> None:
        """Let anybody take the key at once. Never raises."""
        if self.held.get(key) is held:
            del self.held[key]
        try:
            try:
                await self._bucket.delete(key, last=held.revision)
            except BadRequestError:  # it was renewed at this moment, perhaps
                entry = await self._bucket.get(key)
                if self._is_own(entry):
                    await self._bucket.delete(key, last=entry.revision)
        except NO_ANSWER:
            logger.debug("%s was not there to be let go", key)

    def forget(self, key: str) -> None:
        """Have the key no more; in the bucket it ends by itself."""
        if self.held.pop(key, None) is not None:
            for loser in self._lost:
                loser(key)

    async def run(self) -> None:
        """Renew what is held, until cancelled."""
        while True:
            await self._clock.sleep(self.seconds / RENEWALS)
            await self.renew()

    async def renew(self) -> None:
        """Renew all that is held, in one burst."""
        if not self.connection.connected:
            return
        if not self._is_found:
            await self._look_again()
        await asyncio.gather(*(self._renew(key, held) for key, held in tuple(self.held.items())))

    async def _renew(self, key: str, held: Held) -> None:
        began = self._clock.monotonic()
        revision: int | None
        try:
            try:
                revision = await self._bucket.update(key, held.value, last=held.revision)
            except KeyWrongLastSequenceError:
                revision = await self._renewed_before(key)
        except (KeyNotFoundError, KeyWrongLastSequenceError):
            self._lose(key, held)
        except NO_ANSWER:
            held.is_unanswered = True
        else:
            if revision is None:
                self._lose(key, held)
            else:
                held.revision, held.renewed_at, held.is_unanswered = revision, began, False

    async def _renewed_before(self, key: str) -> int | None:
        """Renewed by a request of which the answer was missed; None where it is another's."""
        entry = await self._bucket.get(key)
        if entry.value is None or not self._is_own(entry):
            return None
        return await self._bucket.update(key, entry.value, last=entry.revision)

    def _is_own(self, entry: KeyValue.Entry) -> bool:
        return (entry.value or b"").split()[:1] == [self._name]

    def _lose(self, key: str, held: Held) -> None:
        if self.held.get(key) is held:
            logger.warning("%(key)s is another node's", {"event": "lease_lost", "key": key})
            self.forget(key)

    async def _taken(self, key: str, value: bytes) -> int | None:
        """The revision under which the key is this node's; None where it is another's.

        `create` of the bucket would look twice at a key that is another's.
        """
        try:
            return await self._bucket.update(key, value, last=NEVER)
        except KeyWrongLastSequenceError:
            pass
        try:
            try:
                return await self._renewed_before(key)
            except KeyNotFoundError as gone:
                if gone.entry is None:
                    return None  # its time was over at this moment
                return await self._bucket.update(key, value, last=gone.entry.revision)
        except KeyWrongLastSequenceError:
            return None  # it was let go, or taken, at this moment

    def _fence(self, revision: int) -> Fence:
        return Fence((self._made_minute << REVISION_BITS) | revision)

    async def _found(self) -> KeyValue:
        stream = self.connection.client.jetstream(timeout=ANSWER_SECONDS)
        try:
            bucket = await stream.create_key_value(
                bucket=BUCKET, ttl=self.seconds, storage=StorageType.FILE
            )
        except BadRequestError:  # it is there, and otherwise: on several servers, perhaps
            bucket = await stream.key_value(BUCKET)
            theirs = (await bucket.status()).ttl
            if theirs != self.seconds:
                raise LeaseSecondsDiffer(own=self.seconds, theirs=theirs or 0.0) from None
        made = (await bucket.status()).stream_info.created or FIRST_BUCKET
        self._made_minute = int((made - FIRST_BUCKET).total_seconds() // 60)
        return bucket

    async def _come_back(self) -> None:
        """A server without its disk has no bucket; what is still held is renewed at once."""
        self._is_found = False
        await self.renew()

    async def _look_again(self) -> None:
        try:
            await self.open()
        except NoJetStream:
            logger.debug("the bucket of leases is not there yet")
        except LeaseSecondsDiffer as difference:
            told = {"event": "lease_seconds_differ", "reason": str(difference)}
            logger.warning("%(reason)s", told)
