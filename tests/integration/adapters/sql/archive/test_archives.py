"""What every Archives keeps its word about."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.accounts.users import UserId
from domain.archive.recording.recorder import Recording, Seconds
from domain.archive.series import Series
from domain.emporia.usage import Scale
from tests.integration.adapters.sql.archive.sealed import (
    ADAS,
    APRIL,
    BOBS,
    CIRCUIT,
    MAINS,
    MARCH,
    SERIES,
    chunk,
    month,
)

ADA, BOB = UserId(UUID(int=1)), UserId(UUID(int=2))
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
SECOND = timedelta(seconds=1)


async def put(archive, account) -> None:
    await archive.store.put(Series(account, MAINS), [chunk()], [month()])


async def test_the_default_is_recorded_where_nobody_chose(archive) -> None:
    assert await archive.archives.recording(ADAS) == Recording()
    await put(archive, ADAS)
    assert await archive.archives.recording(ADAS) == Recording()


@pytest.mark.parametrize("minutes", [True, False])
@pytest.mark.parametrize("seconds", Seconds)
async def test_what_was_chosen_is_recorded_of_this_account(archive, minutes, seconds) -> None:
    chosen = Recording(minutes=minutes, seconds=seconds)
    await archive.archives.choose(ADAS, Recording(minutes=not minutes))
    await archive.archives.choose(ADAS, chosen)
    assert await archive.archives.recording(ADAS) == chosen
    assert await archive.archives.recording(BOBS) == Recording()


async def test_linking_and_unlinking_leave_what_was_chosen(archive) -> None:
    await archive.archives.choose(ADAS, Recording(minutes=False))
    await archive.archives.note_linked(ADAS, ADA)
    await archive.archives.note_unlinked(ADAS, NOON, last_user=ADA)
    assert await archive.archives.recording(ADAS) == Recording(minutes=False)


async def test_when_a_device_began_to_measure_is_kept_by_account(archive) -> None:
    assert dict(await archive.archives.first_known(ADAS)) == {}
    await archive.archives.note_first_known(ADAS, 1001, 7)
    await archive.archives.note_first_known(ADAS, 1002, 8)
    await archive.archives.note_first_known(ADAS, 1001, 9)
    await archive.archives.note_first_known(BOBS, 1001, 5)
    assert dict(await archive.archives.first_known(ADAS)) == {1001: 9, 1002: 8}
    assert dict(await archive.archives.first_known(BOBS)) == {1001: 5}


async def test_whatever_is_kept_of_an_account_makes_it_one_with_an_archive(archive) -> None:
    assert list(await archive.archives.accounts()) == []
    await put(archive, BOBS)
    await archive.archives.choose(ADAS, Recording())
    await archive.archives.note_first_known(ADAS, 1001, 7)
    assert list(await archive.archives.accounts()) == [ADAS, BOBS]


async def test_an_archive_is_unlinked_since_it_was_first_noted(archive) -> None:
    await put(archive, ADAS)
    await archive.archives.note_unlinked(ADAS, NOON, last_user=ADA)
    await archive.archives.note_unlinked(ADAS, NOON + 9 * SECOND, last_user=None)
    assert list(await archive.archives.unlinked_before(NOON)) == []
    assert list(await archive.archives.unlinked_before(NOON + SECOND)) == [ADAS]
    assert list(await archive.archives.of_last_user(ADA)) == [ADAS]


async def test_linking_lets_it_stay(archive) -> None:
    await put(archive, ADAS)
    await archive.archives.note_unlinked(ADAS, NOON, last_user=ADA)
    await archive.archives.note_linked(ADAS, BOB)
    assert list(await archive.archives.unlinked_before(NOON + SECOND)) == []
    assert list(await archive.archives.of_last_user(BOB)) == [ADAS]
    assert list(await archive.archives.of_last_user(ADA)) == []
    await archive.archives.note_unlinked(ADAS, NOON + 5 * SECOND, last_user=None)
    assert list(await archive.archives.unlinked_before(NOON + 5 * SECOND)) == []
    assert list(await archive.archives.unlinked_before(NOON + 6 * SECOND)) == [ADAS]


async def test_of_an_account_without_an_archive_nothing_is_noted(archive) -> None:
    await archive.archives.note_unlinked(ADAS, NOON, last_user=ADA)
    assert list(await archive.archives.accounts()) == []
    assert list(await archive.archives.unlinked_before(NOON + SECOND)) == []
    assert list(await archive.archives.of_last_user(ADA)) == []


async def test_what_is_erased_is_gone_at_once_and_others_stay(archive) -> None:
    for account in (ADAS, BOBS):
        await put(archive, account)
        await archive.archives.choose(account, Recording(minutes=False))
        await archive.archives.note_first_known(account, 1001, 7)
        await archive.archives.note_linked(account, ADA)
    await archive.archives.erase(ADAS)
    assert list(await archive.archives.accounts()) == [BOBS]
    assert list(await archive.store.held(ADAS)) == []
    assert list(await archive.store.chunks(SERIES, Scale.MINUTE, MARCH, APRIL)) == []
    assert list(await archive.store.months(SERIES, MARCH, APRIL)) == []
    assert await archive.archives.recording(ADAS) == Recording()
    assert dict(await archive.archives.first_known(ADAS)) == {}
    assert list(await archive.archives.of_last_user(ADA)) == [BOBS]
    assert len(await archive.store.held(BOBS)) == 1
    assert dict(await archive.archives.first_known(BOBS)) == {1001: 7}


async def test_wiping_ends_and_leaves_what_was_not_erased(archive) -> None:
    await put(archive, ADAS)
    await archive.store.put(Series(ADAS, CIRCUIT), [chunk()], [month()])
    await put(archive, BOBS)
    assert not await archive.archives.wipe()
    await archive.archives.erase(ADAS)
    steps = 0
    while await archive.archives.wipe():
        steps += 1
        assert steps < 20
    assert steps > 0
    assert not await archive.archives.wipe()
    assert len(await archive.store.chunks(Series(BOBS, MAINS), Scale.MINUTE, MARCH, APRIL)) == 1
    assert len(await archive.store.months(Series(BOBS, MAINS), MARCH, APRIL)) == 1


async def test_an_account_that_comes_back_while_it_is_wiped_begins_anew(archive) -> None:
    await put(archive, ADAS)
    await archive.archives.erase(ADAS)
    new = chunk(data=b"new")
    await archive.store.put(SERIES, [new], [])
    while await archive.archives.wipe():
        pass
    assert list(await archive.store.chunks(SERIES, Scale.MINUTE, MARCH, APRIL)) == [new]
    assert list(await archive.archives.accounts()) == [ADAS]
