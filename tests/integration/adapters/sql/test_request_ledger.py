"""What every RequestLedger keeps its word about."""

from datetime import UTC, datetime, timedelta

from domain.accounts.users import User
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId, EmporiaLink

ACCOUNT = AccountId(4711)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def test_nothing_is_spent_at_first(storage) -> None:
    assert await storage.ledger.slots(ACCOUNT, since=LONG_AGO) == []


async def test_the_newest_count_of_a_minute_takes_the_place_of_the_former(storage) -> None:
    await storage.ledger.keep(ACCOUNT, Slot(NOON, 1), forget_before=LONG_AGO)
    await storage.ledger.keep(ACCOUNT, Slot(NOON, 2), forget_before=LONG_AGO)

    assert await storage.ledger.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 2)]


async def test_minutes_are_asked_for_from_one_on(storage) -> None:
    await storage.ledger.keep(ACCOUNT, Slot(NOON - MINUTE, 1), forget_before=LONG_AGO)
    await storage.ledger.keep(ACCOUNT, Slot(NOON, 2), forget_before=LONG_AGO)

    assert await storage.ledger.slots(ACCOUNT, since=NOON) == [Slot(NOON, 2)]


async def test_minutes_before_the_window_are_dropped_for_this_account_alone(storage) -> None:
    neighbour = AccountId(4712)
    await storage.ledger.keep(ACCOUNT, Slot(NOON - MINUTE, 1), forget_before=LONG_AGO)
    await storage.ledger.keep(neighbour, Slot(NOON - MINUTE, 3), forget_before=LONG_AGO)

    await storage.ledger.keep(ACCOUNT, Slot(NOON, 2), forget_before=NOON)

    assert await storage.ledger.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 2)]
    assert await storage.ledger.slots(neighbour, since=LONG_AGO) == [Slot(NOON - MINUTE, 3)]


async def test_what_a_reader_does_to_a_slot_is_not_kept(storage) -> None:
    slot = Slot(NOON, 1)
    await storage.ledger.keep(ACCOUNT, slot, forget_before=LONG_AGO)

    slot.requests += 1

    assert await storage.ledger.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 1)]


async def test_a_lower_count_that_comes_late_changes_nothing(storage) -> None:
    await storage.ledger.keep(ACCOUNT, Slot(NOON, 2), forget_before=LONG_AGO)
    await storage.ledger.keep(ACCOUNT, Slot(NOON, 1), forget_before=LONG_AGO)

    assert await storage.ledger.slots(ACCOUNT, since=LONG_AGO) == [Slot(NOON, 2)]


async def test_all_minutes_of_an_account_can_be_replaced(storage) -> None:
    neighbour = AccountId(4712)
    await storage.ledger.keep(ACCOUNT, Slot(NOON, 5), forget_before=LONG_AGO)
    await storage.ledger.keep(neighbour, Slot(NOON, 3), forget_before=LONG_AGO)

    await storage.ledger.replace(ACCOUNT, [Slot(NOON - MINUTE, 2), Slot(NOON, 1)])
    moved = await storage.ledger.slots(ACCOUNT, since=LONG_AGO)
    await storage.ledger.replace(ACCOUNT, [])

    assert sorted(moved, key=lambda slot: slot.start) == [Slot(NOON - MINUTE, 2), Slot(NOON, 1)]
    assert await storage.ledger.slots(ACCOUNT, since=LONG_AGO) == []
    assert await storage.ledger.slots(neighbour, since=LONG_AGO) == [Slot(NOON, 3)]


async def test_old_minutes_of_accounts_that_nobody_is_linked_to_are_erased(
    storage, ada: User, adas_link: EmporiaLink
) -> None:
    unlinked = AccountId(4712)
    await storage.users.add(ada)
    await storage.links.save(adas_link)
    for account in (adas_link.account, unlinked):
        await storage.ledger.keep(account, Slot(NOON - MINUTE, 1), forget_before=LONG_AGO)
        await storage.ledger.keep(account, Slot(NOON, 2), forget_before=LONG_AGO)

    erased = [await storage.ledger.forget_unlinked(NOON) for _ in range(2)]

    assert erased == [True, False]
    assert await storage.ledger.slots(unlinked, since=LONG_AGO) == [Slot(NOON, 2)]
    assert len(await storage.ledger.slots(adas_link.account, since=LONG_AGO)) == 2
