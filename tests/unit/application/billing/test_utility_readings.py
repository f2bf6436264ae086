"""The utility's readings: kept, compared, removed, and forgotten with the archive."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from adapters.fake.billing.utility_files import InMemoryUtilityUploads, ScriptedUtilityFiles
from adapters.fake.billing.utility_readings import InMemoryUtilityReadings
from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from application.archive.exchange.exports_at_once import ExportsAtOnce
from application.archive.exchange.known_customer import KnownCustomer
from application.billing.utility.forget_readings import ForgetUtilityReadings
from application.billing.utility.keep_readings import KeepUtilityReadings
from application.billing.utility.read_readings import ReadUtilityReadings, UtilityQuery
from application.billing.utility.remove_readings import RemoveUtilityReadings
from application.ports.billing.utility_readings import HomeMeter
from domain.archive.exchange.errors import TooManyImports
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.billing.errors import NoUtilityReadings
from domain.billing.events import UtilityReadingsErased
from domain.billing.tariffs.demand import DemandCharge
from domain.billing.tariffs.schedules import Schedule
from domain.billing.tariffs.tariff import Rates
from domain.billing.utility.compare import Reason
from domain.billing.utility.months import UtilityMonth, months_of
from domain.billing.utility.readings import Interval, UtilityReadings, hours_of
from domain.emporia.channels import Channel
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from domain.errors import InvalidInput, NotLinked
from tests.unit.application.billing.use_cases import compare_hours, keep_tariff
from tests.unit.domain.billing.made import flat, tariff_of
from tests.unit.domain.billing.published import demands

FIRST = int(datetime(2025, 6, 3, tzinfo=UTC).timestamp())
HOURS = 48
HOUR, DAY = 3600, 86_400
KWH = 3_600_000_000
METER = HomeMeter(account=HOME, home=1000)
DEMAND = DemandCharge(periods=demands(("Demand", "8")), schedule=Schedule.always())


def telling(
    kilowatt_hours: float, *, start: int = FIRST, hours: int = HOURS, seconds: int = HOUR
) -> UtilityReadings:
    return UtilityReadings(
        hours=hours_of(
            Interval(
                start + at * seconds, seconds, round(kilowatt_hours * KWH * seconds / HOUR), False
            )
            for at in range(hours * HOUR // seconds)
        ),
        left_out=("1 blocks are not of energy taken or given, and were left out.",),
    )


class Utility:
    """All that is done with readings, over one store; `files` tells what is sent next."""

    def __init__(self, world) -> None:
        self.world = world
        self.kept = InMemoryUtilityReadings()
        self.files = ScriptedUtilityFiles(telling(1.0))
        self.uploads = InMemoryUtilityUploads()
        self.at_once = ExportsAtOnce(refusal=TooManyImports)
        customers = KnownCustomer(directory=world.directory, kept_answers=world.kept_answers)
        self.keep = KeepUtilityReadings(
            links=world.links,
            customers=customers,
            uploads=self.uploads,
            files=self.files,
            kept=self.kept,
            at_once=self.at_once,
            work=world.heavy_work,
            clock=world.clock,
        )
        self.read = ReadUtilityReadings(
            links=world.links,
            customers=customers,
            kept=self.kept,
            compare=compare_hours(world),
            work=world.heavy_work,
        )
        self.remove = RemoveUtilityReadings(
            links=world.links, customers=customers, kept=self.kept, events=world.events
        )
        self.forget = ForgetUtilityReadings(
            kept=self.kept,
            archives=world.archives,
            links=world.links,
            events=world.events,
            clock=world.clock,
        )

    async def send(self, caller, readings: UtilityReadings | None = None):
        self.files.readings = readings or self.files.readings
        return await self.keep(caller, parts(), home=1000, expected=None)

    async def told(self, caller, **query):
        return await self.read(UtilityQuery(caller=caller, home=None, **query))


async def parts() -> AsyncIterator[bytes]:
    yield b"<feed>"
    yield b"</feed>"


@pytest.fixture
def utility(world) -> Utility:
    world.cloud.devices = (
        Device(
            gid=1000,
            kind=DeviceKind.PANEL,
            name="Home",
            location=HOME_LOCATION,
            channels=(Channel(number="1,2,3"),),
        ),
    )
    return Utility(world)


@pytest.fixture
async def caller(utility):
    """Somebody of whose home two days of a kilowatt are kept."""
    resident = await utility.world.resident()
    await measure(utility.world, [0.25] * HOURS * 4)
    return resident


async def measure(world, quarters: list[float]) -> None:
    reading = Reading(
        scale=Scale.QUARTER_HOUR,
        start=FIRST,
        figures=figures_of(quarters),
        read_at=FIRST + 90 * DAY,
    )
    await world.keep_readings(Series(HOME, SeriesName(1000, "1,2,3")), reading)


async def test_a_file_is_kept_and_compared(world, utility, caller) -> None:
    tariff = tariff_of(Rates(since=date(2025, 1, 1), energy=flat("0.10")))
    await keep_tariff(world)(caller, tariff, panels=frozenset())
    kept = await utility.send(caller, telling(2.0))
    assert (kept.home, kept.hours, kept.quarters) == (1000, HOURS, 0)
    assert (kept.start, kept.end) == (FIRST, FIRST + HOURS * HOUR)
    assert kept.left_out == utility.files.readings.left_out
    assert utility.uploads.kept == []

    told = await utility.told(caller)
    assert (told.home, told.zone) == (1000, "America/New_York")
    assert told.changed_at == world.clock.now()
    assert len(told.hours) == HOURS
    assert told.comparison is not None
    assert [each.reason for each in told.comparison.findings] == [Reason.LEG_MISSING]
    assert told.bills is not None
    assert (told.bills.ours, told.bills.theirs) == (Decimal("4.80"), Decimal("9.60"))


async def test_a_home_of_several_panels_is_told_by_the_same_one_always(utility, caller) -> None:
    (panel,) = utility.world.cloud.devices
    utility.world.cloud.devices = (replace(panel, gid=2000), panel)
    await utility.world.clock.advance(DAY)  # the list is asked for anew
    kept = await utility.send(caller)
    assert (kept.home, (await utility.told(caller)).home) == (1000, 1000)


async def test_a_demand_is_in_both_bills_or_in_none(world, utility, caller) -> None:
    rates = Rates(since=date(2025, 1, 1), energy=flat("0.10"), demand=(DEMAND,))
    await keep_tariff(world)(caller, tariff_of(rates), panels=frozenset())
    await utility.send(caller, telling(1.0))
    hourly = (await utility.told(caller)).bills
    await utility.send(caller, telling(1.0, seconds=900))
    quartered = (await utility.told(caller)).bills
    assert hourly is not None
    assert hourly.ours == hourly.theirs == Decimal("4.80")
    assert quartered is not None
    assert quartered.ours == quartered.theirs == Decimal("12.80")


async def test_a_later_file_takes_the_place_of_the_hours_it_tells_of(utility, caller) -> None:
    await utility.send(caller, telling(1.0))
    kept = await utility.send(caller, telling(3.0, start=FIRST + 24 * HOUR, seconds=900))
    assert kept.quarters == HOURS * 4
    hours = [hour.imported // KWH for hour in (await utility.told(caller)).hours.values()]
    assert hours == [1] * 24 + [3] * HOURS


async def test_other_months_stay_as_they_are(utility, caller) -> None:
    await utility.send(caller, telling(1.0))
    await utility.send(caller, telling(2.0, start=FIRST + 60 * DAY))
    await utility.send(caller, telling(3.0, start=FIRST - 60 * DAY, hours=24 * 121))
    assert len(await utility.kept.starts(METER)) == 5
    assert set((await utility.told(caller)).hours) >= {FIRST, FIRST + 60 * DAY}


async def test_a_range_is_told_alone(utility, caller) -> None:
    await utility.send(caller)
    some = await utility.told(caller, start=FIRST + HOUR, end=FIRST + 3 * HOUR)
    assert list(some.hours) == [FIRST + HOUR, FIRST + 2 * HOUR]
    assert len((await utility.told(caller, start=FIRST)).hours) == HOURS
    assert len((await utility.told(caller, end=FIRST + HOUR)).hours) == 1


async def test_left_out_it_is_the_last_400_days_up_to_the_last_hour_that_is_kept(
    utility, caller
) -> None:
    """Not up to the end of its month: that would be some weeks less."""
    await utility.send(caller, telling(1.0, start=FIRST - 401 * DAY, hours=403 * 24))
    told = await utility.told(caller)
    assert [min(told.hours), max(told.hours)] == [FIRST - 398 * DAY, FIRST + 2 * DAY - HOUR]


async def test_a_range_without_hours_is_compared_with_nothing(utility, caller) -> None:
    await utility.send(caller)
    told = await utility.told(caller, end=FIRST)
    assert (told.hours, told.comparison, told.bills) == ({}, None, None)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"start": 7, "end": 7}, "must be before end"),
        ({"start": 0, "end": 401 * DAY}, "400 days at most"),
    ],
)
async def test_what_is_no_range_is_refused(caller, query, sentence) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        UtilityQuery(caller=caller, home=None, **query)


async def test_where_nothing_is_kept_that_is_told(utility, caller) -> None:
    with pytest.raises(NoUtilityReadings):
        await utility.told(caller)
    with pytest.raises(NoUtilityReadings):
        await utility.remove(caller, home=None)


async def test_it_is_removed(world, utility, caller) -> None:
    erased: list[UtilityReadingsErased] = []
    world.events.subscribe(UtilityReadingsErased, _into(erased))
    await utility.send(caller)
    await utility.remove(caller, home=1000)
    assert await utility.kept.starts(METER) == []
    assert len(erased) == 1


@pytest.mark.parametrize(
    ("readings", "sentence"),
    [
        (UtilityReadings(hours={}), "no whole hour"),
        (telling(1.0, start=0), "more than 20 years ago"),
        (telling(1.0, start=FIRST + 3650 * DAY), "of the time to come"),
    ],
)
async def test_what_no_archive_can_be_compared_with_is_refused(
    utility, caller, readings, sentence
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        await utility.send(caller, readings)
    assert utility.uploads.kept == []
    assert await utility.kept.accounts() == []


async def test_who_sends_two_files_at_once_is_told_to_wait(utility, caller) -> None:
    with utility.at_once.place(caller.user.id), pytest.raises(TooManyImports):
        await utility.send(caller)


async def test_who_lets_go_of_the_account_meanwhile_keeps_nothing_there(
    world, utility, caller
) -> None:
    async def unlinking() -> AsyncIterator[bytes]:
        yield b"<feed/>"
        await world.unlink_emporia(caller)

    with pytest.raises(NotLinked):
        await utility.keep(caller, unlinking(), home=None, expected=7)
    assert await utility.kept.accounts() == []


async def test_it_stays_for_as_long_as_the_archive(world, utility, caller) -> None:
    tasks = [asyncio.create_task(each.run()) for each in (world.forget_archives, utility.forget)]
    await utility.send(caller)
    await world.unlink_emporia(caller)
    await world.clock.advance(29 * DAY)
    assert await utility.kept.accounts() == [HOME]
    await world.clock.advance(2 * DAY)
    assert await utility.kept.accounts() == []
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_it_goes_at_once_with_the_last_user(world, utility, caller) -> None:
    utility.forget.listen(world.events)
    await utility.kept.put(
        HomeMeter(account=AccountId(7), home=1), [UtilityMonth(0, b"")], at=world.clock.now()
    )
    await utility.send(caller)
    await world.remove_user(caller.user.email.value)
    assert await utility.kept.accounts() == []


async def test_what_can_not_be_erased_now_is_erased_the_next_time(
    world, utility, caller, caplog
) -> None:
    await utility.kept.put(
        HomeMeter(account=AccountId(7), home=1),
        months_of(telling(1.0).hours.values()),
        at=world.clock.now(),
    )
    utility.forget.kept.fails = True
    utility.forget.listen(world.events)
    task = asyncio.create_task(utility.forget.run())
    await world.clock.settle()
    assert "could not be erased" in caplog.text
    await world.remove_user(caller.user.email.value)
    utility.forget.kept.fails = False
    await world.clock.advance(2 * HOUR)
    assert await utility.kept.accounts() == []
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _into(found: list[UtilityReadingsErased]):
    async def note(event: UtilityReadingsErased) -> None:
        found.append(event)

    return note
