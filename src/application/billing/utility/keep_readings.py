"""Keeping what the utility's meter told, of a file that somebody sends."""

import asyncio
from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from application.accounts.access import Caller
from application.archive.exchange.exports_at_once import ExportsAtOnce
from application.archive.exchange.known_customer import KnownCustomer
from application.emporia.cloud.usable_link import usable_link
from application.ports.archive.import_files import UploadedFiles
from application.ports.billing.utility_files import UtilityFiles
from application.ports.billing.utility_readings import HomeMeter, KeptUtilityReadings
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.heavy_work import HeavyWork
from domain.archive.hours import QUARTERS
from domain.archive.spans import DAY_SECONDS, HOUR_SECONDS, month_at
from domain.billing.utility.months import UtilityMonth, hours_in, months_of
from domain.billing.utility.readings import UtilityReadings
from domain.emporia.homes import named_home
from domain.errors import InvalidInput, NotLinked

LONGEST_PAST_SECONDS = 20 * 366 * DAY_SECONDS
"""What is older, no archive can be compared with; a home has 241 months of some 40 KB at most."""

TOO_FAR = "file: it has readings of more than 20 years ago, or of the time to come."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """What of a file is kept: so many hours, from the first to the end of the last one, in seconds
    since 1970, and in sentences what was left out."""

    home: int
    hours: int
    quarters: int
    start: int
    end: int
    left_out: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeepUtilityReadings:
    """Puts the hours of a file beside those that are kept, and in their place where both tell."""

    links: EmporiaLinkRepository
    customers: KnownCustomer
    uploads: UploadedFiles[Path]
    files: UtilityFiles
    kept: KeptUtilityReadings
    at_once: ExportsAtOnce
    work: HeavyWork
    clock: Clock
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Months are read, changed and written; nobody else's come between."""

    async def __call__(
        self,
        caller: Caller,
        parts: AsyncIterable[bytes],
        *,
        home: int | None,
        expected: int | None,
    ) -> KeptFile:
        """Of the home that has this panel, by gid; `expected` is how many bytes come, if known.

        Raises NotLinked, LinkDead, InvalidInput for what is no such home or file, TooManyImports,
        StorageUnavailable, what the parts raise, and an EmporiaError or BudgetSpent where no device
        list is known. Nothing of the file is kept then.
        """
        link = await usable_link(self.links, caller)
        with self.at_once.place(caller.user.id):
            customer = await self.customers(link)
            meter = HomeMeter.of(link.account, named_home(customer.homes, home))
            path = await self.uploads.keep(parts, expected=expected)
            try:
                readings = await self.work(partial(self.files.read, path))
            finally:
                await self.uploads.drop(path)
            self._require_kept(readings)
            async with self.turn:
                # Whoever has let go of the account meanwhile puts nothing there any more.
                again = await self.links.of_user(caller.user.id)
                if again is None or again.account != link.account:
                    raise NotLinked
                await self._put(meter, readings)
        starts = list(readings.hours)
        return KeptFile(
            home=meter.home,
            hours=len(starts),
            quarters=sum(QUARTERS for hour in readings.hours.values() if hour.quarters is not None),
            start=starts[0],
            end=starts[-1] + HOUR_SECONDS,
            left_out=readings.left_out,
        )

    def _require_kept(self, readings: UtilityReadings) -> None:
        starts = list(readings.hours)
        if not starts:
            raise InvalidInput("file: it tells of no whole hour; its readings may be of days.")
        now = int(self.clock.now().timestamp())
        if starts[0] < now - LONGEST_PAST_SECONDS or starts[-1] > now + DAY_SECONDS:
            raise InvalidInput(TOO_FAR)

    async def _put(self, meter: HomeMeter, readings: UtilityReadings) -> None:
        starts = list(readings.hours)
        start, end = month_at(starts[0])[0], month_at(starts[-1])[1]
        before = await self.kept.months(meter, start, end)

        def months() -> list[UtilityMonth]:
            told = {month.start for month in months_of(readings.hours.values())}
            mixed = [month for month in before if month.start in told]
            return months_of({**hours_in(mixed, start, end), **readings.hours}.values())

        await self.kept.put(meter, await self.work(months), at=self.clock.now())
