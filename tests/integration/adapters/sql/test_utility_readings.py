"""What every KeptUtilityReadings keeps its word about."""

from datetime import UTC, datetime, timedelta

from application.ports.billing.utility_readings import HomeMeter
from domain.billing.utility.months import UtilityMonth
from domain.emporia.links import AccountId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = HomeMeter(account=AccountId(42), home=1001)
CABIN = HomeMeter(account=AccountId(42), home=2001)
BOB = HomeMeter(account=AccountId(43), home=1001)
MONTHS = [UtilityMonth(start, bytes([start])) for start in (10, 20, 30)]


async def test_months_come_back_in_order_and_by_range(storage) -> None:
    kept = storage.utility_readings
    assert await kept.starts(ADA) == []
    await kept.put(ADA, MONTHS[::-1], at=NOON)
    assert list(await kept.starts(ADA)) == [10, 20, 30]
    assert list(await kept.months(ADA, 10, 30)) == MONTHS[:2]
    assert list(await kept.months(ADA, 31, 99)) == []


async def test_a_month_takes_the_place_of_the_same_one_alone(storage) -> None:
    kept = storage.utility_readings
    await kept.put(ADA, MONTHS, at=NOON)
    again = UtilityMonth(20, b"again")
    await kept.put(ADA, [again], at=NOON + timedelta(days=1))
    assert list(await kept.months(ADA, 0, 99)) == [MONTHS[0], again, MONTHS[2]]
    assert await kept.changed_at(ADA) == NOON + timedelta(days=1)


async def test_homes_and_accounts_are_kept_apart(storage) -> None:
    kept = storage.utility_readings
    for meter in (ADA, CABIN, BOB):
        await kept.put(meter, MONTHS, at=NOON)
    assert list(await kept.accounts()) == [42, 43]
    assert await kept.remove(CABIN)
    assert not await kept.remove(CABIN)
    assert await kept.changed_at(CABIN) is None
    assert list(await kept.starts(ADA)) == [10, 20, 30]
    await kept.erase(AccountId(42))
    assert list(await kept.accounts()) == [43]
    assert list(await kept.starts(ADA)) == []
    assert list(await kept.starts(BOB)) == [10, 20, 30]
