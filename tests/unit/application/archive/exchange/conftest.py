"""What was measured in the home, put into its archive, and exported again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.fake.archive.held_series import InMemoryHeldSeries
from application.archive.exchange.export_archive import ExportArchive
from application.archive.exchange.plan_export import ExportPlan, ExportQuery, PlanExport
from domain.archive.exchange.exports import Piece
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import Series, SeriesName
from domain.emporia.channels import Channel
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

MIDNIGHT = datetime(2026, 2, 28, tzinfo=UTC)
"""The day before the one that the clock shows at first."""


@dataclass
class Exchange:
    """The use-cases, and what a test puts there."""

    world: Any
    plan: PlanExport
    export: ExportArchive

    async def account(self, caller: Any) -> AccountId:
        account: AccountId = (await self.world.link_of(caller)).account
        return account

    async def put(
        self,
        account: AccountId,
        name: str,
        usages: Sequence[float | None],
        *,
        start: datetime = MIDNIGHT,
        scale: Scale = Scale.MINUTE,
    ) -> None:
        await self.world.keep_readings(
            Series(account, SeriesName.parse(name)),
            Reading(
                scale=scale,
                start=int(start.timestamp()),
                figures=figures_of(usages),
                read_at=int(self.world.clock.now().timestamp()),
            ),
        )

    async def pieces(self, plan: ExportPlan) -> list[Piece]:
        return [piece async for piece in self.export.pieces(plan)]


def asked(*names: str, **more: Any) -> ExportQuery:
    return ExportQuery(
        **{
            "names": [SeriesName.parse(name) for name in names],
            "start": None,
            "end": None,
            "scale": Scale.MINUTE,
            **more,
        }
    )


@pytest.fixture
def query() -> Callable[..., ExportQuery]:
    """Asks for these series, of minutes and of all there is unless told otherwise."""
    return asked


@pytest.fixture
def exchange(world: Any) -> Exchange:
    """The export of a gateway on fakes, of a home with names."""
    channels = (Channel(number="1,2,3"), Channel(number="1", name="Fridge"))
    (home,) = world.cloud.devices
    world.cloud.devices = (replace(home, name="Panel", channels=channels),)
    return Exchange(
        world,
        PlanExport(
            links=world.links,
            directory=world.directory,
            kept_answers=world.kept_answers,
            held_series=InMemoryHeldSeries(world.chunk_store),
            clock=world.clock,
        ),
        ExportArchive(store=world.chunk_store, archive=world.read_archive, work=world.heavy_work),
    )
