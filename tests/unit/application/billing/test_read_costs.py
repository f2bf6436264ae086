"""Costs of what was kept."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from adapters.fake.billing.holiday_calendar import InventedHolidays
from adapters.fake.emporia.emporia_gateway import HOME, HOME_LOCATION
from application.billing.home_hours import HomeHours
from application.billing.read_costs import CostsQuery, ReadCosts
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.billing.bills.costs import Span
from domain.billing.bills.rows import RowsBy, Split
from domain.billing.errors import NoTariff
from domain.billing.tariffs.tariff import Rates
from domain.emporia.channels import Channel
from domain.emporia.devices import Device
from domain.emporia.kinds import DeviceKind
from domain.emporia.usage import Scale
from domain.errors import InvalidInput, NotLinked
from tests.unit.application.billing.use_cases import find_tariff, keep_tariff
from tests.unit.domain.billing.made import flat, tariff_of

FIRST = int(datetime(2025, 6, 1, 4, tzinfo=UTC).timestamp())
DAY = 86_400
JUNE = Span(start=FIRST, end=FIRST + 30 * DAY, by=RowsBy.BILL, split=Split.CIRCUIT)
TARIFF = tariff_of(Rates(since=date(2025, 1, 1), energy=flat("0.10")))


@pytest.fixture
def read_costs(world):
    world.cloud.devices = (
        Device(
            gid=1000,
            kind=DeviceKind.PANEL,
            location=HOME_LOCATION,
            channels=(Channel(number="1,2,3"), Channel(number="1")),
        ),
    )
    return ReadCosts(
        links=world.links,
        directory=world.directory,
        find_tariff=find_tariff(world),
        holidays=InventedHolidays(),
        hours=HomeHours(months=world.months),
        work=world.heavy_work,
        clock=world.clock,
    )


async def _keep_tariff(world, caller, *panels: int):
    return await keep_tariff(world)(caller, TARIFF, panels=frozenset(panels))


async def _keep_hours(world, channel: str, kilowatt_hours: float) -> None:
    reading = Reading(
        scale=Scale.HOUR,
        start=FIRST,
        figures=figures_of([kilowatt_hours] * 720),
        read_at=FIRST + 60 * DAY,
    )
    await world.keep_readings(Series(HOME, SeriesName(1000, channel)), reading)


async def test_a_home_costs_what_its_panels_took(world, read_costs):
    caller = await world.resident()
    kept = await _keep_tariff(world, caller, 1000)
    await _keep_hours(world, "1,2,3", 1.0)
    await _keep_hours(world, "1", 0.25)
    told, costs = await read_costs(CostsQuery(caller=caller, home=1000, span=JUNE))
    assert (told.tariff, told.id) == (kept.tariff, kept.id)
    assert costs.total == 72
    assert costs.netted == 1
    (row,) = costs.rows
    assert [(part.key, part.amount) for part in row.parts] == [
        ("1000:1", Decimal("18.00")),
        (None, Decimal("54.00")),
    ]


async def test_the_only_home_need_not_be_named(world, read_costs):
    caller = await world.resident()
    await _keep_tariff(world, caller)
    _, costs = await read_costs(CostsQuery(caller=caller, home=None, span=JUNE))
    assert costs.coverage == 0


async def test_circuits_are_read_only_where_they_are_asked_for(world, read_costs):
    caller = await world.resident()
    await _keep_tariff(world, caller)
    span = Span(start=FIRST, end=FIRST + DAY, by=RowsBy.DAY, split=Split.NONE)
    _, costs = await read_costs(CostsQuery(caller=caller, home=1000, span=span))
    assert [(row.amount, row.known_seconds, row.parts) for row in costs.rows] == [(0, 0, ())]


async def test_a_home_without_a_tariff_costs_nobody_knows_what(world, read_costs):
    caller = await world.resident()
    await _keep_tariff(world, caller, 7)
    with pytest.raises(NoTariff):
        await read_costs(CostsQuery(caller=caller, home=1000, span=JUNE))


async def test_what_is_no_home_has_no_costs(world, read_costs):
    caller = await world.resident()
    with pytest.raises(InvalidInput, match="one of 1000"):
        await read_costs(CostsQuery(caller=caller, home=1001, span=JUNE))


async def test_who_has_no_link_has_no_costs(world, read_costs):
    caller = await world.sign_up()
    with pytest.raises(NotLinked):
        await read_costs(CostsQuery(caller=caller, home=1000, span=JUNE))
