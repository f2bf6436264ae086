"""Password hashes by Argon2id, made in threads of their own: each costs memory and time."""

import asyncio
import os
import sys
import threading
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import VerificationError

from adapters.security.turns import Turns
from application.ports.accounts.passwords import HasLeft, PasswordHasher, never_leaves
from domain.accounts.callers.turns import STRANGER, Turn
from domain.accounts.users import PlainPassword

NICENESS = 10
"""Hashing steps back: a health check or a frame needs the processor for a moment alone.

Two passwords have eight threads, which together would leave little to the one that runs Python:
so lowered they get half of a core that is fought over."""

Result = TypeVar("Result")


class Argon2PasswordHasher(PasswordHasher):
    """Works on at most `max_workers` passwords at once; a few others wait their turn."""

    def __init__(
        self, *, max_workers: int = 2, argon2: Argon2 | None = None, turns: Turns | None = None
    ) -> None:
        self._argon2 = argon2 or Argon2()
        self._nobodys_hash = _hash_without_password(self._argon2)
        self._threads = ThreadPoolExecutor(
            max_workers, thread_name_prefix="argon2", initializer=_step_back
        )
        self._turns = turns or Turns(max_workers)

    def close(self) -> None:
        """Take no more work; what waits is cancelled, what runs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    @property
    def present(self) -> int:
        return self._turns.present

    async def hash(
        self, password: PlainPassword, *, turn: Turn = STRANGER, has_left: HasLeft = never_leaves
    ) -> str:
        return await self._in_turn(turn, has_left, lambda: self._argon2.hash(password.value))

    async def verify(
        self,
        password: PlainPassword,
        password_hash: str | None,
        *,
        turn: Turn = STRANGER,
        has_left: HasLeft = never_leaves,
    ) -> bool:
        known = self._nobodys_hash if password_hash is None else password_hash
        return await self._in_turn(turn, has_left, lambda: self._matches(known, password.value))

    def is_outdated(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)

    async def _in_turn(self, turn: Turn, has_left: HasLeft, work: Callable[[], Result]) -> Result:
        """Wait for a free thread and work there; raises PasswordsBusy."""
        async with self._turns.take(turn, has_left):
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerificationError, ValueError):  # a mangled hash is a ValueError of either kind
            return False


def _step_back() -> None:
    """Lower this thread's priority, and that of the threads it starts; Linux alone can.

    From where the process has it: one that was raised far would else leave nothing to hashing, and
    one that was lowered may not raise it.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = os.getpriority(os.PRIO_PROCESS, thread) + NICENESS
        os.setpriority(os.PRIO_PROCESS, thread, niceness)


def _hash_without_password(argon2: Argon2) -> str:
    """A hash that no password is known to make, but that costs as much to check as any."""
    salt, digest = (
        b64encode(os.urandom(size)).decode().rstrip("=")
        for size in (argon2.salt_len, argon2.hash_len)
    )
    return (
        f"$argon2id$v=19$m={argon2.memory_cost},t={argon2.time_cost},p={argon2.parallelism}"
        f"${salt}${digest}"
    )
