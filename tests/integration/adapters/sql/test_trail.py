"""What every Trail keeps its word about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.accounts.trail import MOST_OF_A_USER, SIGN_IN_FAILED, TrailLine
from domain.accounts.users import User

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def line(ada: User) -> TrailLine:
    return TrailLine(
        user_id=ada.id,
        at=NOON,
        kind="signed_in",
        by="session Firefox on Linux",
        detail={"address": "192.0.2.0/24"},
    )


@pytest.fixture
def failure(line: TrailLine) -> TrailLine:
    return replace(line, kind=SIGN_IN_FAILED, by="visitor curl/8.5.0")


async def of(storage, user: User, *, before: datetime | None = None, most: int = 10_000):
    return list(await storage.trail.of_user(user.id, since=NOON, before=before, most=most))


async def test_a_line_is_kept_as_it_is(storage, ada, line) -> None:
    await storage.users.add(ada)
    await storage.trail.add([line])
    assert await of(storage, ada) == [line]


async def test_the_newest_comes_first_up_to_so_many_and_just_before_an_instant(
    storage, ada, line
) -> None:
    await storage.users.add(ada)
    lines = [replace(line, at=NOON + number * SECOND) for number in range(5)]
    await storage.trail.add(lines[:3])
    await storage.trail.add(lines[3:])
    assert await of(storage, ada, most=2) == [lines[4], lines[3]]
    assert await of(storage, ada, before=lines[3].at, most=2) == [lines[2], lines[1]]


async def test_no_two_lines_of_a_user_have_the_same_instant(storage, ada, bob, line) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    await storage.trail.add([line, replace(line, user_id=bob.id), line])
    await storage.trail.add([line])
    moments = [each.at - NOON for each in await of(storage, ada)]
    assert moments == [timedelta(microseconds=number) for number in (2, 1, 0)]
    assert [each.at for each in await of(storage, bob)] == [NOON]


async def test_failures_of_a_group_are_counted_in_the_line_of_the_first(
    storage, ada, bob, failure
) -> None:
    for user in (ada, bob):
        await storage.users.add(user)
    await storage.trail.add([failure, replace(failure, user_id=bob.id)])
    later = replace(failure, at=NOON + 9 * SECOND, times=3, until=NOON + 30 * SECOND)
    await storage.trail.add([later, replace(failure, at=NOON + SECOND)])
    await storage.trail.add([replace(failure, detail={"address": "198.51.100.0/24"})])
    elsewhere, counted = await of(storage, ada)
    assert (counted.at, counted.times, counted.last_at) == (NOON, 5, NOON + 30 * SECOND)
    assert elsewhere.times == 1
    assert [each.times for each in await of(storage, bob)] == [1]


async def test_nothing_is_kept_of_somebody_who_left(storage, line, failure) -> None:
    await storage.trail.add([line, failure])
    assert await storage.trail.newest(since=NOON, most=9) == []


async def test_lines_go_with_their_user_and_those_of_nobody_stay(storage, ada, line) -> None:
    await storage.users.add(ada)
    nobodys = TrailLine(user_id=None, at=NOON, kind="account_deleted", by="operator")
    await storage.trail.add([line, nobodys])
    await storage.users.remove(ada.id)
    assert await storage.trail.newest(since=NOON, most=9) == [nobodys]


async def test_everybodys_lines_are_read_together(storage, ada, bob, line) -> None:
    for user in (ada, bob):
        await storage.users.add(user)
    lines = [
        replace(line, user_id=user.id, at=NOON + number * SECOND)
        for number, user in enumerate((ada, bob, ada))
    ]
    await storage.trail.add(lines)
    assert await storage.trail.newest(since=NOON, most=2) == [lines[2], lines[1]]
    assert await storage.trail.newest(since=lines[2].at, most=9) == [lines[2]]


async def test_what_is_too_old_is_neither_shown_nor_kept(storage, ada, line, failure) -> None:
    await storage.users.add(ada)
    going_on = replace(failure, at=NOON - SECOND, times=2, until=NOON)
    await storage.trail.add([replace(line, at=NOON - SECOND), going_on, line])
    assert {each.kind for each in await of(storage, ada)} == {"signed_in", SIGN_IN_FAILED}
    assert len(await of(storage, ada)) == 2
    await storage.trail.forget(before=NOON)
    everything = await storage.trail.newest(since=NOON - 9 * SECOND, most=9)
    assert len(everything) == 2


async def test_a_flood_of_failures_drops_failures_first_and_never_grows(
    storage, ada, bob, line, failure
) -> None:
    for user in (ada, bob):
        await storage.users.add(user)
    await storage.trail.add([line, replace(line, user_id=bob.id)])
    await storage.trail.add(
        [
            replace(failure, at=NOON + number * SECOND, detail={"address": f"place {number}"})
            for number in range(1, MOST_OF_A_USER + 4)
        ]
    )
    kept = await of(storage, ada)
    assert len(kept) == MOST_OF_A_USER
    assert kept[-1] == line
    assert kept[-2].detail == {"address": "place 5"}
    assert len(await of(storage, bob)) == 1


async def test_where_nothing_else_is_left_the_oldest_of_all_goes(storage, ada, line) -> None:
    await storage.users.add(ada)
    await storage.trail.add(
        [replace(line, at=NOON + number * SECOND) for number in range(MOST_OF_A_USER + 2)]
    )
    kept = await of(storage, ada)
    assert (len(kept), kept[-1].at) == (MOST_OF_A_USER, NOON + 2 * SECOND)
