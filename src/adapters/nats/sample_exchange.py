"""Samples by NATS: core messages, which nobody keeps and nobody gets late."""

import asyncio
import logging
from collections.abc import Collection, Coroutine
from datetime import datetime
from typing import Any

from nats.aio.msg import Msg as Message
from nats.aio.subscription import Subscription
from nats.errors import Error

from adapters.nats.connection import UNREADABLE, NatsConnection
from adapters.nats.live_messages import (
    SampleIn,
    decode_keys,
    decode_news,
    encode_keys,
    encode_news,
)
from application.live.feed.subscription import FeedKey
from application.ports.clock import Clock
from application.ports.live.sample_exchange import ExchangeEar, LiveNews, SampleExchange
from domain.emporia.links import AccountId
from domain.errors import EmporiaUnreadable

BURST_SECONDS = 0.025
"""What is said within so long leaves together, on all nodes at the same moments: a message that
nobody has to wake up for costs a fifth. It divides a second."""

LAST_CALL_SECONDS = 0.010
"""So long before a second ends, one more burst leaves, and what comes then leaves at once: frames
tell of it on all nodes at the same time."""

ASK_SECONDS = 2.0
"""How long the node that polls may take to answer; it may have to ask the cloud."""

MOST_WAITING = 10_000
"""Messages that wait to leave; what comes on top of them is not said."""

logger = logging.getLogger(__name__)


class NatsSampleExchange(SampleExchange):
    """Hears of a feed only while it is followed here.

    `live.<account>.<scale>.<unit>` are news, `want.<account>` asks for them, `wanted` says what is
    watched, `freed.<account>` that an account is anybody's.
    """

    def __init__(self, connection: NatsConnection, *, sample_in: SampleIn, clock: Clock) -> None:
        self._connection = connection
        self._sample_in = sample_in
        self._clock = clock
        self._ear: ExchangeEar | None = None
        self._followed: dict[FeedKey, Subscription] = {}
        self._heard: list[Subscription] = []
        self._waiting: list[LiveNews | Collection[FeedKey]] = []
        self._has_waiting = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_open(self) -> bool:
        return self._connection.connected

    def connect(self, ear: ExchangeEar) -> None:
        self._ear = ear

    async def open(self) -> None:
        """Hear the others, and be heard; the connection is open, and an ear connected."""
        for subject, hear in (
            ("want.*", self._hear_question),
            ("wanted", self._hear_wanted),
            ("freed.*", self._hear_freed),
        ):
            self._heard.append(await self._connection.subscribe(subject, hear))
        self._start(self._send())

    async def close(self) -> None:
        """Hear and say nothing more."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for subscription in (*self._heard, *self._followed.values()):
            await _end(subscription)
        self._heard.clear()
        self._followed.clear()

    def tell(self, news: LiveNews) -> None:
        self._say(news)

    def want(self, keys: Collection[FeedKey]) -> None:
        self._say(keys)

    async def ask(self, key: FeedKey) -> LiveNews | None:
        answer = await self._connection.request(
            f"want.{key.account}", encode_keys([key]), seconds=ASK_SECONDS
        )
        return self._read(answer) if answer else None

    async def follow(self, key: FeedKey) -> None:
        if key not in self._followed:
            self._followed[key] = await self._connection.subscribe(_subject(key), self._hear_news)

    async def unfollow(self, key: FeedKey) -> None:
        subscription = self._followed.pop(key, None)
        if subscription is not None:
            await _end(subscription)

    def _say(self, what: LiveNews | Collection[FeedKey]) -> None:
        if self.is_open and len(self._waiting) < MOST_WAITING:
            self._waiting.append(what)
            self._has_waiting.set()

    async def _send(self) -> None:
        """Let what waits leave in bursts, until cancelled."""
        while True:
            await self._has_waiting.wait()
            await self._clock.sleep(seconds_to_burst(self._clock.now()))
            self._has_waiting.clear()
            waiting, self._waiting = self._waiting, []
            for what in waiting:
                try:
                    subject, text = _message(what)
                except Exception:
                    # One sample that can't be written must not keep all others back for ever.
                    logger.exception("news that can't be written", extra={"event": "news_broke"})
                else:
                    await self._connection.publish(subject, text)

    async def _hear_news(self, message: Message) -> None:
        news = self._read(message.data)
        if news is not None and self._ear is not None:
            self._ear.told(news)

    async def _hear_wanted(self, message: Message) -> None:
        if self._ear is not None:
            self._ear.wanted(_keys(message))

    async def _hear_freed(self, message: Message) -> None:
        account = message.subject.partition(".")[2]
        if self._ear is not None and account.isdecimal():
            self._ear.freed(AccountId(int(account)))

    async def _hear_question(self, message: Message) -> None:
        """Answered apart: whoever asks next must not wait for the cloud."""
        keys = _keys(message)
        if message.reply and len(keys) == 1:
            self._start(self._answer(keys[0], message))

    async def _answer(self, key: FeedKey, message: Message) -> None:
        news = await self._ear.asked(key) if self._ear is not None else None
        if news is not None:
            await self._connection.publish(message.reply, encode_news(news))

    def _read(self, text: bytes) -> LiveNews | None:
        """The news; None where another version of the gateway says what nobody here knows."""
        try:
            return decode_news(text, self._sample_in)
        except (*UNREADABLE, EmporiaUnreadable) as error:
            logger.debug("news that can't be read: %s", type(error).__name__)
            return None

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (bug := task.exception()) is not None:
            logger.error("what another node asked broke", exc_info=bug)


def seconds_to_burst(now: datetime) -> float:
    """How long what is said now waits for its burst."""
    into_second = (now.microsecond / 1e6 + LAST_CALL_SECONDS) % 1.0
    if into_second < LAST_CALL_SECONDS:
        return 0.0
    return BURST_SECONDS - into_second % BURST_SECONDS


def _message(what: LiveNews | Collection[FeedKey]) -> tuple[str, bytes]:
    """Its subject and text, written with the others of its burst: the caches are warm then."""
    if isinstance(what, LiveNews):
        return _subject(what.key), encode_news(what)
    return "wanted", encode_keys(what)


def _keys(message: Message) -> list[FeedKey]:
    """Which feeds are meant; none where another version means what nobody here knows."""
    try:
        return decode_keys(message.data)
    except UNREADABLE as error:
        logger.debug("keys that can't be read: %s", type(error).__name__)
        return []


def _subject(key: FeedKey) -> str:
    return f"live.{key.account}.{key.scale.value}.{key.unit.value}"


async def _end(subscription: Subscription) -> None:
    try:
        await subscription.unsubscribe()
    except Error:
        logger.debug("a subscription had ended with its connection")
