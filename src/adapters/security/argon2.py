"""Password hashes by Argon2id, made in threads of their own: each costs memory and time."""

import asyncio
import os
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import VerificationError

from application.ports.passwords import HasLeft, PasswordHasher, never_leaves
from domain.accounts.users import PlainPassword
from domain.errors import PasswordsBusy

WAITING_PER_THREAD = 24
"""How many may wait for each that is worked on: three seconds, which a person stands."""

RETRY_AFTER_SECONDS = 2

Result = TypeVar("Result")


class Argon2PasswordHasher(PasswordHasher):
    """Works on at most `max_workers` passwords at once; a few others wait their turn."""

    def __init__(self, *, max_workers: int = 2, argon2: Argon2 | None = None) -> None:
        self._argon2 = argon2 or Argon2()
        self._nobodys_hash = _hash_without_password(self._argon2)
        self._threads = ThreadPoolExecutor(max_workers, thread_name_prefix="argon2")
        self._turns = asyncio.Semaphore(max_workers)
        self._most_present = max_workers * (1 + WAITING_PER_THREAD)
        self._present = 0

    def close(self) -> None:
        """Take no more work; what waits is cancelled, what runs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: PlainPassword, *, has_left: HasLeft = never_leaves) -> str:
        return await self._in_turn(has_left, lambda: self._argon2.hash(password.value))

    async def verify(
        self,
        password: PlainPassword,
        password_hash: str | None,
        *,
        has_left: HasLeft = never_leaves,
    ) -> bool:
        known = self._nobodys_hash if password_hash is None else password_hash
        return await self._in_turn(has_left, lambda: self._matches(known, password.value))

    def is_outdated(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)

    async def _in_turn(self, has_left: HasLeft, work: Callable[[], Result]) -> Result:
        """Wait for a free thread and work there; raises PasswordsBusy."""
        if self._present >= self._most_present:
            raise PasswordsBusy(retry_after_seconds=RETRY_AFTER_SECONDS)
        self._present += 1
        try:
            async with self._turns:
                if has_left():
                    raise PasswordsBusy
                return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._present -= 1

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerificationError, ValueError):  # a mangled hash is a ValueError of either kind
            return False


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
