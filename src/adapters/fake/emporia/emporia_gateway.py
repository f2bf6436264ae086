"""Emporia's device API by script."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.emporia.usages import mains_document, no_usages, read_usages
from application.ports.clock import Clock
from application.ports.emporia.emporia_gateway import ChartQuery, EmporiaGateway
from domain.archive.buckets import bucket_start, buckets_from
from domain.emporia.channels import Channel
from domain.emporia.devices import Customer, Device, Location
from domain.emporia.homes import homes_of
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId, EmporiaTokens
from domain.emporia.samples import UsageSample
from domain.emporia.usage import ChartUsage, Document, EnergyUnit, Scale
from domain.errors import EmporiaRefusedRequest
from domain.instants import format_instant

HOME = AccountId(42)
HOME_LOCATION = Location(ZoneInfo("America/New_York"))


@dataclass(slots=True)
class ScriptedEmporiaGateway(EmporiaGateway):
    """A home with a monitor (1000) and a plug (1001) nested in its first circuit.

    Each request takes the next of `failures` first, None for none, and repeats `failure` while
    one is set. It refuses to tell of the gids in `refused`. `accounts` tells by id token whose
    home is asked for. `calls` keeps every request's method and the instant it left; answers take
    `answer_seconds`. `instant_told` stands in answers in place of their own, `chart_told` in place
    of a chart. `second_usage` is what the mains used in a second, in seconds since 1970, as far as
    that is known at a moment.
    """

    clock: Clock
    failures: deque[Exception | None] = field(default_factory=deque)
    failure: Exception | None = None
    refused: set[int] = field(default_factory=set)
    accounts: dict[str, AccountId] = field(default_factory=dict)
    devices: tuple[Device, ...] = (
        Device(
            gid=1000,
            kind=DeviceKind.PANEL,
            name="Home",
            location=HOME_LOCATION,
            devices=(Device(gid=1001, kind=DeviceKind.PLUG),),
        ),
    )
    calls: list[tuple[str, datetime]] = field(default_factory=list)
    watts: float = 600.0
    answer_seconds: float = 0.0
    answers_no_devices: bool = False
    knows_mains_by: frozenset[Scale] = frozenset(Scale)
    instant_told: str | None = None
    chart_told: ChartUsage | None = None
    second_usage: Callable[[int, datetime], float | None] = lambda *_: 1.0

    async def customer(self, tokens: EmporiaTokens) -> Customer:
        """The customer with `devices`."""
        await self._answer("customer")
        account = self.accounts.get(tokens.id_token, HOME)
        return Customer(
            account=account,
            document={"customerGid": account, "devices": [{"deviceGid": 1000}]},
            devices=self.devices,
            received_at=self.clock.now(),
            homes=homes_of(self.devices),
        )

    async def usages(
        self,
        tokens: EmporiaTokens,
        *,
        gids: Sequence[int],
        instant: datetime,
        scale: Scale,
        unit: EnergyUnit,
    ) -> UsageSample:
        """A tenth of `watts` for the plug, the rest for the monitor."""
        await self._answer("usages")
        if refused := self.refused.intersection(gids):
            raise EmporiaRefusedRequest(gid=max(refused))
        plug = {"deviceGid": 1001, "channelUsages": [self._channel(1001, self.watts / 10)]}
        home = {
            "deviceGid": 1000,
            "channelUsages": [
                self._channel(1000, self.watts if scale in self.knows_mains_by else None),
                {**self._channel(1000, self.watts / 2), "channelNum": "1", "nestedDevices": [plug]},
            ],
        }
        told = {
            "instant": self.instant_told or format_instant(instant),
            "scale": scale.value,
            "energyUnit": unit.value,
            "devices": [] if self.answers_no_devices or not gids else [home],
        }
        return read_usages({"deviceListUsages": told}, received_at=self.clock.now())

    def no_usages(self, *, instant: datetime, scale: Scale, unit: EnergyUnit) -> UsageSample:
        """An empty list of devices."""
        return no_usages(instant=instant, scale=scale, unit=unit, received_at=self.clock.now())

    def customer_in(self, document: Document, *, received_at: datetime) -> Customer:
        """The customer with `devices`, whatever the document lists."""
        return Customer(
            account=AccountId(document["customerGid"]),
            document=document,
            devices=self.devices,
            received_at=received_at,
            homes=homes_of(self.devices),
        )

    def sample_in(self, document: Document, *, received_at: datetime) -> UsageSample:
        """The sample in the document."""
        return read_usages({"deviceListUsages": document}, received_at=received_at)

    def mains_sample(
        self,
        *,
        gid: int,
        circuits: Sequence[Channel],
        instant: datetime,
        usage: float | None,
        received_at: datetime,
    ) -> UsageSample:
        """The sample that the real one makes."""
        document = mains_document(gid, circuits, instant=instant, usage=usage)
        return read_usages(document, received_at=received_at)

    async def chart(self, tokens: EmporiaTokens, query: ChartQuery) -> ChartUsage:
        """One for each bucket, aligned as Emporia aligns."""
        await self._answer("chart")
        if self.chart_told is not None:
            return self.chart_told
        first = bucket_start(query.scale, query.start, HOME_LOCATION)
        usages: list[float | None] = []
        for start in buckets_from(query.scale, first, HOME_LOCATION):
            if start >= query.end:
                break
            is_second = query.scale is Scale.SECOND
            second = int(start.timestamp())
            usages.append(self.second_usage(second, self.clock.now()) if is_second else 1.0)
        return ChartUsage(first_usage_instant=first, usages=usages)

    def requests(self, method: str) -> int:
        """How many requests of this method were made."""
        return sum(made == method for made, _ in self.calls)

    async def _answer(self, method: str) -> None:
        self.calls.append((method, self.clock.now()))
        await self.clock.sleep(self.answer_seconds)
        failure = self.failures.popleft() if self.failures else self.failure
        if failure is not None:
            raise failure

    def _channel(self, gid: int, watts: float | None) -> dict[str, object]:
        return {
            "name": "Main",
            "usage": None if watts is None else watts / 60_000,
            "deviceGid": gid,
            "channelNum": "1,2,3",
            "percentage": 100.0,
            "nestedDevices": [],
        }
