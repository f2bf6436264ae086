"""What every SecondFactors keeps its word about, and what SQLite's file does not tell."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.security.sealing import AesGcmSecretBox
from adapters.sql.second_factors import SqlSecondFactors
from adapters.sql.users import SqlUserRepository
from domain.accounts.second_factor import SecondFactor

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
LATER = NOON + timedelta(minutes=1)
MARKS = (b"one", b"two")


async def switched_on(storage, user, name: str = "ADAS SECRET") -> SecondFactor:
    if await storage.users.with_id(user.id) is None:
        await storage.users.add(user)
    assert await storage.second_factors.begin(user.id, name, at=NOON)
    factor: SecondFactor = await storage.second_factors.of_user(user.id)
    assert await storage.second_factors.switch_on(factor, MARKS, at=LATER, step=100)
    return factor


async def test_one_that_is_begun_is_kept_and_not_on(storage, ada) -> None:
    await storage.users.add(ada)
    assert await storage.second_factors.of_user(ada.id) is None
    assert await storage.second_factors.begin(ada.id, "ADAS SECRET", at=NOON)
    factor = await storage.second_factors.of_user(ada.id)
    assert factor == SecondFactor(user_id=ada.id, secret="ADAS SECRET", begun_at=NOON)
    assert not factor.is_on


async def test_one_that_never_was_on_is_replaced(storage, ada) -> None:
    await storage.users.add(ada)
    await storage.second_factors.begin(ada.id, "ADAS SECRET", at=NOON)
    first = await storage.second_factors.of_user(ada.id)
    assert await storage.second_factors.begin(ada.id, "ANOTHER", at=LATER)
    assert (await storage.second_factors.of_user(ada.id)).secret == "ANOTHER"
    assert not await storage.second_factors.switch_on(first, MARKS, at=LATER, step=1)


async def test_one_that_is_on_is_not_replaced_nor_switched_on_again(storage, ada) -> None:
    factor = await switched_on(storage, ada)
    assert not await storage.second_factors.begin(ada.id, "ANOTHER", at=LATER)
    assert not await storage.second_factors.switch_on(factor, (b"three",), at=LATER, step=1)
    assert await storage.second_factors.of_user(ada.id) == replace(factor, since=LATER)
    assert await storage.second_factors.recovery_codes_left(ada.id) == 2


async def test_nothing_is_kept_for_somebody_who_left(storage, ada) -> None:
    assert not await storage.second_factors.begin(ada.id, "ADAS SECRET", at=NOON)
    assert await storage.second_factors.of_user(ada.id) is None


async def test_a_step_and_all_before_it_are_used_up_once(storage, ada) -> None:
    factor = await switched_on(storage, ada)
    used = [await storage.second_factors.use_step(factor, step) for step in (99, 100, 102, 102)]
    assert used == [False, False, True, False]
    assert not await storage.second_factors.use_step(factor, 101)


async def test_of_many_who_use_a_step_at_once_one_succeeds(storage, ada) -> None:
    factor = await switched_on(storage, ada)
    tries = (storage.second_factors.use_step(factor, 101) for _ in range(8))
    assert sum(await asyncio.gather(*tries)) == 1


async def test_a_step_of_one_that_is_gone_or_another_is_not_used(storage, ada) -> None:
    factor = await switched_on(storage, ada)
    await storage.second_factors.remove(ada.id)
    assert not await storage.second_factors.use_step(factor, 200)
    await storage.second_factors.begin(ada.id, "ANOTHER", at=LATER)
    another = await storage.second_factors.of_user(ada.id)
    assert not await storage.second_factors.use_step(another, 200)
    await storage.second_factors.switch_on(another, MARKS, at=LATER, step=1)
    assert not await storage.second_factors.use_step(factor, 200)


async def test_a_recovery_code_is_used_once_and_by_its_owner(storage, ada, bob) -> None:
    await switched_on(storage, ada)
    assert not await storage.second_factors.use_recovery_code(bob.id, b"one")
    assert not await storage.second_factors.use_recovery_code(ada.id, b"three")
    tries = (storage.second_factors.use_recovery_code(ada.id, b"one") for _ in range(8))
    assert sum(await asyncio.gather(*tries)) == 1
    assert await storage.second_factors.recovery_codes_left(ada.id) == 1
    assert await storage.second_factors.recovery_codes_left(bob.id) == 0


async def test_new_recovery_codes_take_the_place_of_all(storage, ada) -> None:
    factor = await switched_on(storage, ada)
    assert await storage.second_factors.replace_recovery_codes(factor, (b"three",))
    assert not await storage.second_factors.use_recovery_code(ada.id, b"one")
    assert await storage.second_factors.recovery_codes_left(ada.id) == 1
    await storage.second_factors.remove(ada.id)
    assert not await storage.second_factors.replace_recovery_codes(factor, MARKS)


async def test_it_is_removed_with_its_recovery_codes(storage, ada) -> None:
    await switched_on(storage, ada)
    assert await storage.second_factors.remove(ada.id)
    assert await storage.second_factors.of_user(ada.id) is None
    assert await storage.second_factors.recovery_codes_left(ada.id) == 0
    assert not await storage.second_factors.remove(ada.id)


async def test_one_that_was_only_begun_is_erased_and_was_none(storage, ada) -> None:
    await storage.users.add(ada)
    await storage.second_factors.begin(ada.id, "ADAS SECRET", at=NOON)
    assert not await storage.second_factors.remove(ada.id)
    assert await storage.second_factors.of_user(ada.id) is None


async def test_it_goes_with_its_user_and_no_other(storage, ada, bob) -> None:
    await switched_on(storage, ada)
    await switched_on(storage, bob, "BOBS SECRET")
    await storage.users.remove(ada.id)
    assert await storage.second_factors.of_user(ada.id) is None
    assert await storage.second_factors.recovery_codes_left(ada.id) == 0
    assert (await storage.second_factors.of_user(bob.id)).secret == "BOBS SECRET"


@pytest.fixture
def factors(engine, secret_box) -> SqlSecondFactors:
    return SqlSecondFactors(engine, secret_box=secret_box)


async def test_the_file_does_not_tell_the_secret(factors, engine, database, ada) -> None:
    await SqlUserRepository(engine).add(ada)
    await factors.begin(ada.id, "ADASSECRETINBASE32", at=NOON)
    files = [file for file in database.parent.iterdir() if file.name.startswith(database.name)]
    assert all(b"ADASSECRETINBASE32" not in file.read_bytes() for file in files)


async def test_a_secret_reads_as_lost_with_another_key(factors, engine, ada) -> None:
    await SqlUserRepository(engine).add(ada)
    await factors.begin(ada.id, "ADAS SECRET", at=NOON)
    other = SqlSecondFactors(engine, secret_box=AesGcmSecretBox([b"another".ljust(32)]))
    factor = await other.of_user(ada.id)
    assert factor is not None
    assert factor.secret is None
