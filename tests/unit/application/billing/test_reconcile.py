"""The utility's readings beside what was kept."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.fake.billing.utility_files import ScriptedUtilityFiles
from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from application.archive.exchange.known_customer import KnownCustomer
from application.billing.reconcile import Reconcile
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.billing.tariffs.tariff import Rates
from domain.billing.utility.compare import Reason
from domain.billing.utility.readings import Interval, UtilityReadings, hours_of
from domain.emporia.channels import Channel
from domain.emporia.devices import Address, Device, Location
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import Scale
from domain.errors import InvalidInput
from tests.unit.application.billing.use_cases import compare_hours, keep_tariff
from tests.unit.domain.billing.made import flat, tariff_of

FIRST = int(datetime(2025, 6, 3, tzinfo=UTC).timestamp())
HOURS = 48
KWH = 3_600_000_000
FILE = Path("usage.xml")
TARIFF = tariff_of(Rates(since=date(2025, 1, 1), energy=flat("0.10")))
PANEL = Device(
    gid=1000,
    kind=DeviceKind.PANEL,
    name="Home",
    location=HOME_LOCATION,
    channels=(Channel(number="1,2,3"),),
)


def telling(kilowatt_hours: float, *, hours: int = HOURS) -> UtilityReadings:
    return UtilityReadings(
        hours=hours_of(
            Interval(FIRST + at * 3600, 3600, round(kilowatt_hours * KWH), False)
            for at in range(hours)
        )
    )


@pytest.fixture
async def caller(world):
    """Somebody of whose home two days of a kilowatt are kept."""
    world.cloud.devices = (PANEL,)
    resident = await world.resident()
    await world.keep_readings(
        Series(HOME, SeriesName(1000, "1,2,3")),
        Reading(
            scale=Scale.HOUR,
            start=FIRST,
            figures=figures_of([1.0] * HOURS),
            read_at=FIRST + 90 * 86_400,
        ),
    )
    return resident


def reconcile(world, readings: UtilityReadings) -> Reconcile:
    return Reconcile(
        customers=KnownCustomer(directory=world.directory, kept_answers=world.kept_answers),
        files=ScriptedUtilityFiles(readings),
        compare=compare_hours(world),
        work=world.heavy_work,
    )


async def test_hours_are_compared_and_cost_both_ways(world, caller) -> None:
    await keep_tariff(world)(caller, TARIFF, panels=frozenset())
    told = await reconcile(world, telling(2.0))(await world.link_of(caller), FILE, home=None)
    assert told.home.roots == (1000,)
    assert len(told.comparison.pairs) == HOURS
    assert [each.reason for each in told.comparison.findings] == [Reason.LEG_MISSING]
    assert told.bills is not None
    assert (told.bills.ours, told.bills.theirs) == (Decimal("4.80"), Decimal("9.60"))
    assert told.bills.currency is TARIFF.currency


async def test_hours_that_one_alone_knows_cost_nothing_in_either_bill(world, caller) -> None:
    await keep_tariff(world)(caller, TARIFF, panels=frozenset())
    told = await reconcile(world, telling(1.0, hours=2 * HOURS))(
        await world.link_of(caller), FILE, home=1000
    )
    assert [each.reason for each in told.comparison.findings] == [Reason.COVERAGE, Reason.AGREES]
    assert told.bills is not None
    assert told.bills.ours == told.bills.theirs == Decimal("4.80")


async def test_without_a_tariff_there_is_no_bill(world, caller) -> None:
    told = await reconcile(world, telling(1.0))(await world.link_of(caller), FILE, home=1000)
    assert told.bills is None


async def test_where_no_hour_is_known_to_both_there_is_no_bill(world, caller) -> None:
    await keep_tariff(world)(caller, TARIFF, panels=frozenset())
    later = UtilityReadings(hours=hours_of([Interval(FIRST + 90 * 86_400, 3600, KWH, False)]))
    told = await reconcile(world, later)(await world.link_of(caller), FILE, home=1000)
    assert told.bills is None
    assert told.comparison.pairs == []


async def test_a_file_without_a_whole_hour_is_refused(world, caller) -> None:
    with pytest.raises(InvalidInput, match="no whole hour"):
        await reconcile(world, UtilityReadings(hours={}))(
            await world.link_of(caller), FILE, home=1000
        )


async def test_of_several_homes_one_has_to_be_named(world) -> None:
    there = Location(HOME_LOCATION.zone, address=Address(zip_code="80202"))
    cabin = Device(gid=2000, kind=DeviceKind.PANEL, location=there, channels=PANEL.channels)
    world.cloud.devices = (PANEL, cabin)
    caller = await world.resident()
    for named in (None, 77):
        with pytest.raises(InvalidInput, match=r"one of 1000 \(Home\), 2000"):
            await reconcile(world, telling(1.0))(await world.link_of(caller), FILE, home=named)
