"""One way past a breaker: begin, and tell what came of it."""

from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.emporia.breakers import Breakers
from application.ports.events import Events
from application.ports.randomness import Randomness
from domain.emporia.cloud.breaker import CLOSED, Breaker, Trouble
from domain.emporia.events import BreakerClosed, BreakerOpened, BreakerProbed
from domain.errors import EmporiaError


@dataclass(slots=True, kw_only=True, eq=False)
class Permit:
    """Somebody may ask; `probed` is the trouble that may be over, None where there is none."""

    partner: str
    begun_at: int
    probed: Trouble | None
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """Lets requests pass while a partner's breaker is closed, and one probe while it is open.

    Whoever gets a permit has to `fail`, `succeed` or `give_up` with it.
    """

    breakers: Breakers
    events: Events
    clock: Clock
    randomness: Randomness

    async def begin(self, partner: str) -> Permit:
        """Leave to ask; raises the known failure, with the time of the next probe, where none."""
        now = self.clock.monotonic()
        before, after = await self.breakers.change(
            partner, lambda breaker: breaker.begin(now) or breaker
        )
        if not before.is_closed:
            if after == before:
                raise self.refusal(before)
            await self.events.publish(BreakerProbed(partner=partner))
        probed = None if before.is_closed else before.trouble
        return Permit(partner=partner, begun_at=before.failures, probed=probed)

    async def fail(
        self, permit: Permit, trouble: Trouble, *, retry_after_seconds: float | None
    ) -> Breaker:
        """Tell that it failed; the breaker, which is open now."""
        permit.is_over = True
        now, fraction = self.clock.monotonic(), self.randomness.fraction()
        before, after = await self.breakers.change(
            permit.partner,
            lambda breaker: breaker.fail(
                begun_at=permit.begun_at,
                trouble=trouble,
                now=now,
                retry_after_seconds=retry_after_seconds,
                fraction=fraction,
            ),
        )
        if after != before:
            await self._tell_opened(permit.partner, after)
        return after

    async def succeed(self, permit: Permit) -> None:
        """Tell that the partner answered."""
        permit.is_over = True
        before, after = await self.breakers.change(
            permit.partner, lambda breaker: breaker.succeed(begun_at=permit.begun_at)
        )
        if after != before:
            await self._tell_closed(permit.partner, before)

    async def give_up(self, permit: Permit) -> None:
        """Tell that nothing was learnt; does nothing once the outcome was told."""
        if not permit.is_over:
            await self.breakers.change(
                permit.partner, lambda breaker: breaker.give_up(begun_at=permit.begun_at)
            )

    async def peek(self, partner: str) -> Breaker:
        """How the partner's breaker stands."""
        return (await self.breakers.change(partner, lambda breaker: breaker))[1]

    async def open(self, partner: str, like: Breaker) -> None:
        """Open a breaker that is closed as far as another one is."""
        before, after = await self.breakers.change(
            partner, lambda breaker: like if breaker.is_closed else breaker
        )
        if after != before:
            await self._tell_opened(partner, after)

    async def close(self, partner: str) -> None:
        """Forget the partner's failures: somebody else has seen that they are over."""
        before, _ = await self.breakers.change(partner, lambda _: CLOSED)
        if not before.is_closed:
            await self._tell_closed(partner, before)

    def refusal(self, breaker: Breaker) -> EmporiaError:
        """What is told to who may not ask while this breaker is open."""
        return breaker.error(now=self.clock.monotonic())

    async def _tell_opened(self, partner: str, breaker: Breaker) -> None:
        await self.events.publish(
            BreakerOpened(
                partner=partner,
                trouble=breaker.trouble.value,
                failures=breaker.failures,
                pause_seconds=breaker.open_until - self.clock.monotonic(),
            )
        )

    async def _tell_closed(self, partner: str, before: Breaker) -> None:
        await self.events.publish(BreakerClosed(partner=partner, failures=before.failures))
