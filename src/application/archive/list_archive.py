"""What is held of an account."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from application.accounts.access import Caller
from application.archive.months import Months
from application.emporia.cloud.usable_link import usable_link
from application.emporia.device_directory import LOOKUP_AGE_SECONDS, DeviceDirectory
from application.ports.archive.chunk_store import ChunkStore
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.heavy_work import HeavyWork
from domain.archive.buckets import bucket_start, next_bucket
from domain.archive.held import Held
from domain.archive.months import Timeline
from domain.archive.series import Series, SeriesName
from domain.emporia.cloud.budget_shares import Purpose
from domain.emporia.usage import Scale
from domain.errors import UnknownSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSeries:
    """A series at one scale; `coverage` is the share of the time from first to last, 0 to 1."""

    name: SeriesName
    scale: Scale
    start: datetime
    end: datetime
    coverage: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListArchive:
    """Tells of every series what is held, from when to when, and what it takes."""

    links: EmporiaLinkRepository
    directory: DeviceDirectory
    store: ChunkStore
    months: Months
    work: HeavyWork
    clock: Clock

    async def __call__(self, caller: Caller) -> list[HeldSeries]:
        """By series and scale, the finest first; raises NotLinked or LinkDead."""
        link = await usable_link(self.links, caller)
        held = await self.store.held(link.account)
        if caller.limits is not None:
            customer = await self.directory.customer(
                link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
            )
            held = [
                each
                for each in held
                if customer.sees(each.name.gid, each.name.channel, limits=caller.limits)
            ]
        now = int(self.clock.now().timestamp())
        return await self.work(lambda: list(held_by_scale(held, now=now)))

    async def coverage(self, caller: Caller, name: SeriesName) -> list[tuple[date, float]]:
        """Each day of the device's own from the first one held to today, and its share.

        Raises NotLinked, LinkDead, UnknownDevice, UnknownSeries or what the directory raises.
        """
        link = await usable_link(self.links, caller)
        customer = await self.directory.customer(
            link, Purpose.READ, max_age_seconds=LOOKUP_AGE_SECONDS
        )
        customer.require(frozenset({name.gid}), limits=caller.limits)
        if not customer.sees(name.gid, name.channel, limits=caller.limits):
            raise UnknownSeries(
                f"series: nothing is held of '{name.channel}' of device {name.gid}."
            )
        held = await self.store.held(link.account, names=[name])
        starts = [each.span.start for each in held if each.known]
        if not starts:
            return []
        location = customer.location_of(name.gid)
        now = self.clock.now()
        first = bucket_start(Scale.DAY, datetime.fromtimestamp(min(starts), UTC), location)
        after = next_bucket(Scale.DAY, bucket_start(Scale.DAY, now, location), location)
        months = await self.months.between(
            Series(link.account, name), int(first.timestamp()), int(after.timestamp())
        )

        def days() -> list[tuple[date, float]]:
            timeline, told, day = Timeline(months), [], first
            while day < after:
                following = next_bucket(Scale.DAY, day, location)
                until = min(following, now.replace(minute=0, second=0, microsecond=0))
                seconds = int((until - day) / timedelta(seconds=1))
                if seconds > 0:
                    start = int(day.timestamp())
                    known = timeline.total(start, int(following.timestamp())).known_seconds
                    told.append((day.astimezone(location.zone).date(), min(1.0, known / seconds)))
                day = following
            return _from_first_known(told)

        return await self.work(days)


def held_by_scale(held: Sequence[Held], *, now: int) -> Iterator[HeldSeries]:
    """Each series at each scale of which anything is known; `now` is in seconds since 1970."""
    for (name, scale), group in groupby(held, key=lambda each: (each.name, each.span.scale)):
        chunks = [chunk for chunk in group if chunk.known]
        if not chunks:
            continue
        start, end = chunks[0].span.start, min(now, chunks[-1].span.end)
        known_seconds = sum(chunk.known for chunk in chunks) * chunks[0].span.seconds
        yield HeldSeries(
            name=name,
            scale=scale,
            start=datetime.fromtimestamp(start, UTC),
            end=datetime.fromtimestamp(end, UTC),
            coverage=min(1.0, known_seconds / max(1, end - start)),
            size=sum(chunk.size for chunk in chunks),
        )


def _from_first_known(days: list[tuple[date, float]]) -> list[tuple[date, float]]:
    """A month's chunk begins before what is known of it does."""
    first = next((place for place, (_, share) in enumerate(days) if share), len(days))
    return days[first:]
