"""What travels over HTTP about flows."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct, field

from application.archive.flows.read_flows import FlowsAnswer
from domain.archive.energy import MILLIJOULES_PER_KWH
from domain.archive.flows.sums import BucketFlow
from domain.emporia.usage import EnergyUnit
from domain.instants import format_instant
from entrypoints.http.schemas.archive import Coverage
from entrypoints.http.schemas.contract import Instant

Usages = list[float | None]


class FlowLists(Struct):
    """In kWh and never below zero; value i covers the i-th bucket, null is unknown.

    `import` and `export` are what the mains took and gave, `generation` what the sun gave and
    `selfUse` what of that was not exported, `batteryIn` and `batteryOut` what the battery took and
    gave. `consumption` is what the home used: import less export, generation, batteryOut less
    batteryIn, added up.
    """

    imported: Usages = field(name="import")
    exported: Usages = field(name="export")
    generation: Usages
    self_use: Usages = field(name="selfUse")
    battery_in: Usages = field(name="batteryIn")
    battery_out: Usages = field(name="batteryOut")
    consumption: Usages

    @classmethod
    def of(cls, buckets: Sequence[BucketFlow]) -> "FlowLists":
        """Show them flow by flow."""
        columns = zip(*(bucket.flow[:-1] for bucket in buckets), strict=True)
        return cls(*([_kilowatt_hours(each) for each in column] for column in columns))


class HomeFlows(Struct, rename="camel"):
    """The flows of a home. `home` is its first panel's gid.

    `quality` tells how many buckets in a row were come by how: `measured`; `netted` where of a part
    only the difference of what went in and out is known, which stands for both; `partial` is the
    sum of what is known; `missing` is null.
    """

    home: int
    name: str | None
    first_usage_instant: Instant
    scale: str
    energy_unit: str
    flows: FlowLists
    quality: list[list[str | int]]
    coverage: Coverage

    @classmethod
    def of(cls, answer: FlowsAnswer) -> "HomeFlows":
        """Show them."""
        qualities = groupby(bucket.quality.value for bucket in answer.buckets)
        return cls(
            home=answer.home.roots[0],
            name=answer.home.name,
            first_usage_instant=format_instant(answer.first_instant),
            scale=answer.grid.scale.value,
            energy_unit=EnergyUnit.KILOWATT_HOURS.value,
            flows=FlowLists.of(answer.buckets),
            quality=[[quality, len(list(run))] for quality, run in qualities],
            coverage=answer.coverage,
        )


def _kilowatt_hours(millijoules: float | None) -> float | None:
    return None if millijoules is None else millijoules / MILLIJOULES_PER_KWH
