"""Which node looks after which account, agreed on through NATS and made safe by the storage."""

import asyncio
import logging

from adapters.nats.lease_bucket import Held, LeaseBucket
from application.emporia.cloud.single_flight import SingleFlight
from application.ports.clock import Clock
from application.ports.emporia.fences import Fences
from application.ports.emporia.leases import Fence, Leases
from domain.emporia.links import AccountId
from domain.errors import StorageUnavailable

LINGER_SECONDS = 30.0
"""How long nobody has asked for an account when it is let go."""

LOOK_SECONDS = 1.0
PREFIX = "account."
FREED = "freed."

logger = logging.getLogger(__name__)


class NatsLeases(Leases):
    """Holds an account once its fence is claimed, and goes on with it for as long as that stands.

    While NATS is away nobody can take an account over, and what is held stays held; where NATS is
    away for this node alone, the storage refuses it once another has taken over.
    """

    def __init__(self, bucket: LeaseBucket, *, fences: Fences, clock: Clock) -> None:
        self._bucket = bucket
        self._fences = fences
        self._clock = clock
        self._asked_at: dict[AccountId, float] = {}
        self._taking: SingleFlight[bool] = SingleFlight()
        self._is_stopping = False
        self.changes = 0
        """How often an account was taken, let go or lost."""
        fences.on_lost(self._drop)
        bucket.on_lost(self._note_lost)

    def fence(self, account: AccountId) -> Fence | None:
        key = _key(account)
        return self._bucket.held[key].fence if self._bucket.has(key) else None

    async def hold(self, account: AccountId) -> bool:
        if self._is_stopping:
            return False
        self._asked_at[account] = self._clock.monotonic()
        if self._bucket.has(_key(account)):
            return True
        if not self._bucket.connection.connected:
            return False
        return await self._taking(account, lambda: self._take(account))

    @property
    def held(self) -> int:
        """How many accounts this node looks after."""
        return sum(key.startswith(PREFIX) for key in self._bucket.held)

    async def run(self) -> None:
        """Let go what nobody asks for, until cancelled."""
        while True:
            await self._clock.sleep(LOOK_SECONDS)
            until = self._clock.monotonic() - LINGER_SECONDS
            for account, asked_at in tuple(self._asked_at.items()):
                if asked_at <= until:
                    del self._asked_at[account]
                    await self._let_go(account)

    async def hand_over(self) -> None:
        """Let all go, so that others have them at once, and take no more. Never raises."""
        self._is_stopping = True
        await self._taking.close()
        accounts = [
            AccountId(int(key.removeprefix(PREFIX)))
            for key in self._bucket.held
            if key.startswith(PREFIX)
        ]
        await asyncio.gather(*map(self._let_go, accounts))

    async def close(self) -> None:
        """Take no more."""
        self._is_stopping = True
        await self._taking.close()

    async def _take(self, account: AccountId) -> bool:
        taken = await self._bucket.take(_key(account))
        if taken is None:
            return False
        try:
            is_claimed = await self._fences.claim(account, taken.fence)
        except StorageUnavailable:
            is_claimed = False
        if not is_claimed:
            await self._bucket.let_go(_key(account), taken)
            return False
        self._keep(account, taken)
        return self._bucket.has(_key(account))

    def _keep(self, account: AccountId, taken: Held) -> None:
        self._bucket.keep(_key(account), taken)
        self.changes += 1

    async def _let_go(self, account: AccountId) -> None:
        key = _key(account)
        held = self._bucket.held.get(key)
        if held is not None:
            self.changes += 1
            await self._bucket.let_go(key, held)
            await self._bucket.connection.publish(f"{FREED}{account}", b"")

    def _drop(self, account: AccountId, fence: Fence) -> None:
        """The storage refused this fence; a newer one of this node stays."""
        held = self._bucket.held.get(_key(account))
        if held is not None and held.fence == fence:
            self._bucket.forget(_key(account))

    def _note_lost(self, key: str) -> None:
        if key.startswith(PREFIX):
            self.changes += 1


def _key(account: AccountId) -> str:
    return f"{PREFIX}{account}"
