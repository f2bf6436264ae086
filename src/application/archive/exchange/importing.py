"""A file on its way into an archive, and who hears of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from application.ports.archive.import_board import Reached
from application.ports.archive.import_files import ImportFile
from domain.archive.exchange.imports.matching import Wanted
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale


async def _nothing() -> None:
    """Nobody has to be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportQuery:
    """What is said of a file beside its lines; `scale` None is that of its name or its lines."""

    file_name: str = ""
    scale: Scale | None = None
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """One file on its way into one archive.

    `tell` is called with how far it is, `ask` between steps: what it raises ends the import.
    `begun_to_keep` is called once, when every line has been found good. Unless it `keeps`, it is
    only told what would be taken.
    """

    account: AccountId
    customer: Customer | None
    file: ImportFile
    query: ImportQuery
    tell: Callable[[Reached], None] = lambda _: None
    ask: Callable[[], Awaitable[None]] = _nothing
    begun_to_keep: Callable[[], None] = lambda: None
    keeps: bool = True
