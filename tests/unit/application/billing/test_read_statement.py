"""Statements of what was kept."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from adapters.fake.billing.holiday_calendar import InventedHolidays
from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from application.billing.home_hours import HomeHours
from application.billing.read_statement import MOST_CIRCUITS, ReadStatement, StatementQuery
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.billing.bills.costs import MOST_CIRCUIT_DAYS
from domain.billing.bills.statement_days import StatementDays
from domain.billing.errors import NoTariff
from domain.billing.tariffs.tariff import Rates
from domain.emporia.channels import Channel
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import Scale
from domain.errors import InvalidInput, NotLinked, UnknownDevice, UnknownSeries
from tests.unit.application.billing.use_cases import find_tariff, keep_tariff
from tests.unit.domain.billing.made import flat, tariff_of

FIRST = int(datetime(2025, 6, 1, 4, tzinfo=UTC).timestamp())
JUNE = StatementDays(date(2025, 6, 1), date(2025, 7, 1))
TARIFF = tariff_of(Rates(since=date(2025, 1, 1), energy=flat("0.10")))
OVEN, CAR = SeriesName(1000, "1"), SeriesName(1000, "2")


def _panel(*names: str | None) -> Device:
    return Device(
        gid=1000,
        kind=DeviceKind.PANEL,
        location=HOME_LOCATION,
        channels=(
            Channel(number="1,2,3"),
            *(Channel(number=str(at), name=name) for at, name in enumerate(names, start=1)),
        ),
    )


@pytest.fixture
def read_statement(world):
    world.cloud.devices = (_panel("Oven", None),)
    return ReadStatement(
        links=world.links,
        directory=world.directory,
        find_tariff=find_tariff(world),
        holidays=InventedHolidays(),
        hours=HomeHours(months=world.months),
        work=world.heavy_work,
        clock=world.clock,
    )


@pytest.fixture
async def caller(world):
    """Somebody with a tariff, whose home took a kilowatt in June, a quarter of it the oven."""
    world.cloud.devices = (_panel("Oven", None),)
    resident = await world.resident()
    await keep_tariff(world)(resident, TARIFF, panels=frozenset())
    for channel, kilowatts in (("1,2,3", 1.0), ("1", 0.25)):
        reading = Reading(
            scale=Scale.HOUR,
            start=FIRST,
            figures=figures_of([kilowatts] * 720),
            read_at=FIRST + 60 * 86_400,
        )
        await world.keep_readings(Series(HOME, SeriesName(1000, channel)), reading)
    return resident


def asking(caller, *names: SeriesName, days: StatementDays = JUNE) -> StatementQuery:
    return StatementQuery(caller=caller, home=1000, days=days, names=names or (OVEN,))


async def test_circuits_owe_their_shares_in_the_order_of_the_question(read_statement, caller):
    told = await read_statement(asking(caller, CAR, OVEN))
    assert [(each.key, each.amount) for each in told.statement.circuits] == [
        ("1000:2", Decimal("0.00")),
        ("1000:1", Decimal("18.00")),
    ]
    assert told.names == [None, "Oven"]
    assert (told.home.roots, told.zone, told.is_over) == ((1000,), "America/New_York", True)
    assert told.tariff.tariff == TARIFF
    assert told.statement.home_amount == Decimal("72.00")


async def test_what_is_not_over_says_so(world, read_statement, caller):
    today = world.clock.now().date()
    days = StatementDays(today - timedelta(days=3), today + timedelta(days=3))
    assert not (await read_statement(asking(caller, days=days))).is_over


async def test_what_has_not_begun_owes_nothing(world, read_statement, caller):
    tomorrow = world.clock.now().date() + timedelta(days=2)
    days = StatementDays(tomorrow, tomorrow + timedelta(days=1))
    with pytest.raises(InvalidInput, match="not begun"):
        await read_statement(asking(caller, days=days))


async def test_too_many_circuits_for_so_many_days_are_refused(world, read_statement, caller):
    await world.clock.advance(86_400)  # the list is asked for anew
    world.cloud.devices = (_panel(*["Flat"] * (MOST_CIRCUIT_DAYS // 30 + 1)),)
    with pytest.raises(InvalidInput, match="circuits; ask for fewer days"):
        await read_statement(asking(caller))


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        (SeriesName(1000, "1,2,3"), InvalidInput, "is no circuit of this home's panels"),
        (SeriesName(1000, "77"), UnknownSeries, "device 1000 has no circuit '77'"),
        (SeriesName(7, "1"), UnknownDevice, "7 not found"),
    ],
)
async def test_what_has_no_share_of_the_bill_is_told_so(
    read_statement, caller, name, kind, sentence
):
    with pytest.raises(kind, match=sentence):
        await read_statement(asking(caller, name))


async def test_a_home_without_a_tariff_has_no_statement(world, read_statement):
    with pytest.raises(NoTariff):
        await read_statement(asking(await world.resident()))


async def test_who_has_no_link_has_no_statement(world, read_statement):
    with pytest.raises(NotLinked):
        await read_statement(asking(await world.sign_up()))


async def test_so_many_circuits_are_told_each_once(world):
    caller = await world.sign_up()
    days = JUNE
    names = [SeriesName(1000, str(at)) for at in range(MOST_CIRCUITS + 1)]
    for wrong in ((), names):
        with pytest.raises(InvalidInput, match="name 1 to 64"):
            StatementQuery(caller=caller, home=None, days=days, names=wrong)
    with pytest.raises(InvalidInput, match="twice"):
        StatementQuery(caller=caller, home=None, days=days, names=(OVEN, OVEN))
