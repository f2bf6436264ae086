"""What every RequestLedger keeps its word about."""

from datetime import UTC, datetime, timedelta

from domain.emporia.links import AccountId
from domain.emporia.request_budget import Slot

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
