"""A home of which a test has files, and imports that are read when it says so."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from adapters.fake.archive.import_files import InMemoryUploadedFiles, TextImportFile
from adapters.fake.emporia.emporia_gateway import HOME
from adapters.memory.import_board import InMemoryImportBoard
from application.archive.exchange.begin_import import BeginImport
from application.archive.exchange.import_figures import ImportFigures
from application.archive.exchange.importing import Importing, ImportQuery
from application.archive.exchange.known_customer import KnownCustomer
from application.archive.exchange.read_import import ReadImport
from application.archive.exchange.run_imports import RunImports
from application.ports.archive.import_board import Reached
from domain.archive.exchange.imports.matching import Wanted
from domain.archive.series import Series
from domain.emporia.channels import Channel
from domain.emporia.usage import Scale
from tests.unit.application.archive.kept import MIDNIGHT, grid
from tests.unit.domain.archive.exchange.imports.emporia_files import emporia_csv

LEG_A, LEG_B, FRIDGE = "Panel-Mains_A", "Panel-Mains_B", "Panel-Kitchen-Fridge"


@dataclass
class Home:
    """The use-cases on fakes, and the short way to each."""

    world: Any
    figures: ImportFigures
    files: InMemoryUploadedFiles
    board: InMemoryImportBoard
    imports: RunImports
    begin: BeginImport
    read: ReadImport
    told: list[Reached] = field(default_factory=list)

    async def take(self, text: str, *, keeps: bool = True, **more: Any) -> Reached:
        """Import this text."""
        query = ImportQuery(
            file_name=more.pop("file_name", ""),
            scale=more.pop("scale", None),
            wanted=more.pop("wanted", Wanted()),
        )
        return await self.figures(
            Importing(
                account=HOME,
                customer=await self.world.cloud_customer(),
                file=TextImportFile(text),
                query=query,
                tell=self.told.append,
                keeps=keeps,
                **more,
            )
        )

    async def send(self, caller: Any, text: str, **more: Any) -> Any:
        async def parts() -> AsyncIterator[bytes]:
            yield text.encode()

        return await self.begin(caller, ImportQuery(**more), parts(), expected=None)

    async def told_of(self, name: Any, scale: Scale, *, start: int = MIDNIGHT, count: int) -> Any:
        end = start + count * seconds(scale)
        return await self.world.read_archive(Series(HOME, name), grid(scale, start, end))

    async def run_until_idle(self) -> None:
        """Let what was sent be read."""
        task = asyncio.create_task(self.imports.run())
        while self.imports.running and not task.done():  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def contents(self) -> Any:
        store = self.world.chunk_store
        return dict(store.kept), dict(store.hours)


def seconds(scale: Scale) -> int:
    assert scale.seconds is not None
    return scale.seconds


def minutes(number: int, count: int) -> list[float]:
    """Energy of minutes, in kWh, none like another."""
    return [((place * 7919 + number * 104_729) % 9973 + 1) / 1e6 for place in range(count)]


def file_of(count: int = 120, *, scale: Scale = Scale.MINUTE, start: int = MIDNIGHT) -> str:
    columns = {name: minutes(number, count) for number, name in enumerate((LEG_A, LEG_B, FRIDGE))}
    return emporia_csv(columns, start=start, scale=scale)


@pytest.fixture
def make_home() -> Callable[[Any], Home]:
    """Makes of a world a panel with a fridge, and nothing in its archive."""
    return home_of


@pytest.fixture
def home(world: Any) -> Home:
    """That of the usual world."""
    return home_of(world)


def home_of(world: Any) -> Home:
    channels = (Channel(number="1,2,3"), Channel(number="1", name="Fridge"))
    (panel,) = world.cloud.devices
    world.cloud.devices = (replace(panel, name="Panel", channels=channels),)

    async def customer() -> Any:
        return world.cloud.customer_in({"customerGid": HOME}, received_at=world.clock.now())

    world.cloud_customer = customer
    figures = ImportFigures(
        store=world.chunk_store,
        codec=world.chunk_codec,
        archive=world.read_archive,
        keep=world.keep_readings,
        work=world.heavy_work,
        clock=world.clock,
    )
    files = InMemoryUploadedFiles()
    board = InMemoryImportBoard(world.clock)
    imports = RunImports(
        links=world.links,
        files=files,
        figures=figures,
        board=board,
        events=world.events,
        clock=world.clock,
    )
    return Home(
        world=world,
        figures=figures,
        files=files,
        board=board,
        imports=imports,
        begin=BeginImport(
            links=world.links,
            known_customer=KnownCustomer(
                directory=world.directory, kept_answers=world.kept_answers
            ),
            files=files,
            imports=imports,
            clock=world.clock,
            randomness=world.randomness,
        ),
        read=ReadImport(board=board),
    )
