"""What every PasswordHasher keeps its word about, and what is Argon2's own."""

import asyncio
import os
import threading
from collections.abc import Iterator
from typing import Literal

import argon2
import pytest

from adapters.fake.accounts.passwords import TransparentPasswordHasher
from adapters.security.argon2 import Argon2PasswordHasher
from application.ports.accounts.passwords import PasswordHasher
from domain.accounts.users import PlainPassword
from domain.errors import PasswordsBusy

PASSWORD = PlainPassword("correct horse battery staple")
CHEAP = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def argon2_hasher() -> Iterator[Argon2PasswordHasher]:
    hasher = Argon2PasswordHasher(max_workers=2, argon2=CHEAP)
    yield hasher
    hasher.close()


@pytest.fixture(params=["transparent", "argon2"])
def hasher(request: pytest.FixtureRequest, argon2_hasher: PasswordHasher) -> PasswordHasher:
    return {"transparent": TransparentPasswordHasher(), "argon2": argon2_hasher}[request.param]


async def test_a_password_fits_its_own_hash(hasher: PasswordHasher) -> None:
    assert await hasher.verify(PASSWORD, await hasher.hash(PASSWORD))


async def test_another_password_does_not_fit(hasher: PasswordHasher) -> None:
    assert not await hasher.verify(PlainPassword("guess"), await hasher.hash(PASSWORD))


async def test_no_password_fits_an_account_that_does_not_exist(hasher: PasswordHasher) -> None:
    assert not await hasher.verify(PASSWORD, None)


@pytest.mark.parametrize("mangled", ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$AAAA$", "h\u00e4sh"])
async def test_no_password_fits_a_mangled_hash(hasher: PasswordHasher, mangled: str) -> None:
    assert not await hasher.verify(PASSWORD, mangled)


async def test_hashing_leaves_the_processor_to_whoever_needs_it_for_a_moment() -> None:
    class Watched(argon2.PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            priorities.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
            return super().hash(password, salt=salt)

    priorities: list[int] = []
    hasher = Argon2PasswordHasher(argon2=Watched(time_cost=1, memory_cost=8, parallelism=1))

    await hasher.hash(PASSWORD)
    hasher.close()

    # Of the higher number is the lower priority.
    assert priorities[0] > os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.parametrize("niceness", [-15, 0, 10])
async def test_hashing_steps_back_from_where_the_process_is(
    niceness: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered_to: list[int] = []
    monkeypatch.setattr("os.getpriority", lambda *_: niceness)
    monkeypatch.setattr("os.setpriority", lambda *given: lowered_to.append(given[-1]))
    hasher = Argon2PasswordHasher(max_workers=1, argon2=CHEAP)

    await hasher.hash(PASSWORD)
    hasher.close()

    assert lowered_to == [niceness + 10]


async def test_a_fresh_hash_is_not_outdated(hasher: PasswordHasher) -> None:
    assert not hasher.is_outdated(await hasher.hash(PASSWORD))


async def test_a_hash_with_former_parameters_is_outdated_but_still_fits(
    argon2_hasher: Argon2PasswordHasher,
) -> None:
    former = argon2.PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD.value)

    assert argon2_hasher.is_outdated(former)
    assert await argon2_hasher.verify(PASSWORD, former)


async def test_a_fake_hash_of_another_generation_is_outdated_but_still_fits() -> None:
    former = await TransparentPasswordHasher(generation=1).hash(PASSWORD)
    today = TransparentPasswordHasher(generation=2)

    assert today.is_outdated(former)
    assert await today.verify(PASSWORD, former)


async def test_hashes_of_one_password_differ(argon2_hasher: Argon2PasswordHasher) -> None:
    assert await argon2_hasher.hash(PASSWORD) != await argon2_hasher.hash(PASSWORD)


async def test_an_unknown_account_costs_a_full_check_with_the_same_parameters() -> None:
    checked: list[tuple[str, str]] = []

    class Recording(argon2.PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            checked.append((str(hash), threading.current_thread().name))
            return super().verify(hash, password)

    recording = Recording(time_cost=1, memory_cost=16, parallelism=1, hash_len=24, salt_len=12)
    hasher = Argon2PasswordHasher(max_workers=1, argon2=recording)

    await hasher.verify(PASSWORD, None)
    hasher.close()

    [(nobodys_hash, thread)] = checked
    assert argon2.extract_parameters(nobodys_hash) == argon2.extract_parameters(
        recording.hash(PASSWORD.value)
    )
    assert thread.startswith("argon2")


async def test_no_more_passwords_are_worked_on_at_once_than_allowed() -> None:
    both_busy = threading.Barrier(2, timeout=5)
    busy_threads: set[str] = set()

    class Meeting(argon2.PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            busy_threads.add(threading.current_thread().name)
            both_busy.wait()
            return super().hash(password, salt=salt)

    hasher = Argon2PasswordHasher(
        max_workers=2, argon2=Meeting(time_cost=1, memory_cost=8, parallelism=1)
    )

    await asyncio.gather(*(hasher.hash(PASSWORD) for _ in range(4)))
    hasher.close()

    assert len(busy_threads) == 2


class Gated(argon2.PasswordHasher):
    """Hashes nothing before the gate opens."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.gate = threading.Event()
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        self.gate.wait(timeout=10)
        self.checked.append(str(password))
        return super().verify(hash, password)


@pytest.fixture
def gated() -> Iterator[Gated]:
    argon2_hasher = Gated()
    yield argon2_hasher
    argon2_hasher.gate.set()


async def test_only_so_many_may_wait_and_the_next_is_told_at_once(gated: Gated) -> None:
    hasher = Argon2PasswordHasher(max_workers=1, argon2=gated)
    waiting = [asyncio.create_task(hasher.verify(PASSWORD, None)) for _ in range(25)]
    await asyncio.sleep(0)

    with pytest.raises(PasswordsBusy) as refusal:
        await hasher.verify(PASSWORD, None)

    assert refusal.value.retry_after_seconds is not None
    gated.gate.set()
    assert await asyncio.gather(*waiting) == [False] * 25
    assert not await hasher.verify(PASSWORD, None)
    hasher.close()


async def test_nothing_is_hashed_for_a_caller_who_left_while_waiting(gated: Gated) -> None:
    hasher = Argon2PasswordHasher(max_workers=1, argon2=gated)
    gone = threading.Event()
    first = asyncio.create_task(hasher.verify(PlainPassword("first"), None))
    second = asyncio.create_task(hasher.verify(PlainPassword("second"), None, has_left=gone.is_set))
    await asyncio.sleep(0)
    gone.set()
    gated.gate.set()

    with pytest.raises(PasswordsBusy):
        await second

    await first
    assert gated.checked == ["first"]
    hasher.close()
