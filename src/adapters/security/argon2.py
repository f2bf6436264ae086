"""Password hashes by Argon2id, made in threads of their own: each costs memory and time."""

import asyncio
import os
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import VerificationError

from application.ports.passwords import PasswordHasher
from domain.accounts.users import PlainPassword


class Argon2PasswordHasher(PasswordHasher):
    """Works on at most `max_workers` passwords at once; the others wait their turn."""

    def __init__(self, *, max_workers: int = 2, argon2: Argon2 | None = None) -> None:
        self._argon2 = argon2 or Argon2()
        self._nobodys_hash = _hash_without_password(self._argon2)
        self._threads = ThreadPoolExecutor(max_workers, thread_name_prefix="argon2")

    def close(self) -> None:
        """Take no more work; what waits is cancelled, what runs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: PlainPassword) -> str:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._argon2.hash, password.value)

    async def verify(self, password: PlainPassword, password_hash: str | None) -> bool:
        known = self._nobodys_hash if password_hash is None else password_hash
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._matches, known, password.value)

    def is_outdated(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)

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
