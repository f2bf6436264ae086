"""One account's poll, fanned out: every mailbox gets the same frame in the same second."""

import asyncio
import logging
import math

from application.live_samples import LiveSamples
from application.mailbox import Mailbox, StreamEnd, StreamNotice
from application.ports.clock import Clock
from application.ports.frame_encoder import FrameEncoder
from application.ports.randomness import Randomness
from application.request_budgets import RequestBudgets
from domain.emporia import AccountId
from domain.errors import BudgetSpent, EmporiaError, LinkDead
from domain.request_budget import Purpose
from domain.usage import UsageSample

logger = logging.getLogger(__name__)

LINGER_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0
EARLY_WAKE_SECONDS = 0.05
FLOAT_ERROR_SECONDS = 1e-5


class LiveFeed:
    """Polls while somebody watches, and sends the newest sample every second.

    Polling and sending are two tasks, so that a slow poll delays no frame. A failed poll is told
    once to everybody; frames go on with the newest sample there is.
    """

    def __init__(
        self,
        account: AccountId,
        *,
        samples: LiveSamples,
        budgets: RequestBudgets,
        encoder: FrameEncoder,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._account = account
        self._samples = samples
        self._budgets = budgets
        self._encoder = encoder
        self._clock = clock
        self._randomness = randomness
        self._mailboxes: set[Mailbox] = set()
        self._idle_since: float | None = None
        self._failures = 0
        self._encoded: UsageSample | None = None
        self._frame: bytes | None = None
        # Each account's own place within the second, so that accounts do not poll in step.
        self._phase = account * 0.6180339887498949 % 1.0

    def join(self, mailbox: Mailbox) -> None:
        """Let a mailbox have the newest frame at once, and then one every second."""
        self._mailboxes.add(mailbox)
        self._idle_since = None
        if self._failures:
            mailbox.put_notice(StreamNotice.POLLS_FAILING)
        frame = self._newest_frame()
        if frame is not None:
            mailbox.put_frame(frame)

    def leave(self, mailbox: Mailbox) -> None:
        """Send this mailbox nothing more."""
        self._mailboxes.discard(mailbox)
        if not self._mailboxes:
            self._idle_since = self._time()

    async def run(self) -> None:
        """Poll and send until nobody has watched for a while."""
        ticks = asyncio.create_task(self._tick_every_second())
        due = self._time()
        try:
            while not self.is_idle():
                due = self._place_in_second(not_before=await self._poll(due))
                await self._clock.sleep(due - self._time())
        finally:
            ticks.cancel()
            await asyncio.gather(ticks, return_exceptions=True)

    async def _poll(self, due: float) -> float:
        """Make the poll that was due then; the earliest time of the next one.

        After a success that counts from when the poll was due, so that one which began late does
        not put off the next, unless the wall clock was set back.
        """
        started = min(due, self._time())
        try:
            await self._samples.poll(self._account, Purpose.STREAM)
        except BudgetSpent as spent:
            pause = min(spent.retry_after_seconds or LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
            return self._time() + pause
        except LinkDead:
            for mailbox in self._mailboxes:
                mailbox.end(StreamEnd.NO_DEVICES)
            return self._time() + 1.0
        except EmporiaError as failure:
            return self._fail(type(failure).__name__, failure.retry_after_seconds)
        except Exception as bug:
            # A bug in here must not freeze the picture of those who watch without a word.
            logger.exception("poll of account %d broke", self._account)
            return self._fail(type(bug).__name__, None)
        self._succeed()
        return started + await self._budgets.poll_interval_seconds(self._account)

    def _fail(self, reason: str, retry_after_seconds: float | None) -> float:
        if not self._failures:
            logger.warning("polls of account %d fail: %s", self._account, reason)
            for mailbox in self._mailboxes:
                mailbox.put_notice(StreamNotice.POLLS_FAILING)
        self._failures += 1
        backoff = min(2.0 ** min(self._failures, 10), LONGEST_PAUSE_SECONDS)
        jittered = backoff * (0.5 + self._randomness.fraction() / 2)
        return self._time() + max(jittered, retry_after_seconds or 0.0)

    def _succeed(self) -> None:
        if self._failures:
            logger.info("polls of account %d succeed again", self._account)
            self._failures = 0
        if self._frame is None:
            self._send()

    async def _tick_every_second(self) -> None:
        while True:
            now = self._time()
            next_second = math.floor(now + EARLY_WAKE_SECONDS) + 1
            await self._clock.sleep(next_second - now)
            self._send()

    def _send(self) -> None:
        frame = self._newest_frame()
        if frame is not None:
            for mailbox in self._mailboxes:
                mailbox.put_frame(frame)

    def _newest_frame(self) -> bytes | None:
        """The newest sample as a frame, encoded when the sample is new."""
        sample = self._samples.newest(self._account)
        if sample is not None and sample is not self._encoded:
            self._encoded = sample
            try:
                self._frame = self._encoder.device_data(sample.document)
            except Exception:
                # One sample that can't be written must not stop the clock of all the others.
                logger.exception("a sample of account %d can't be encoded", self._account)
        return self._frame

    def _place_in_second(self, *, not_before: float) -> float:
        """The next time, not before that one, when it is the account's place in the second."""
        earliest = max(not_before, self._time()) - FLOAT_ERROR_SECONDS
        return math.ceil(earliest - self._phase) + self._phase

    def is_idle(self) -> bool:
        """Whether nobody has watched for a while."""
        return self._idle_since is not None and self._time() - self._idle_since >= LINGER_SECONDS

    def _time(self) -> float:
        return self._clock.now().timestamp()
