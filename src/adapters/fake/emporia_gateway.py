"""Emporia's device API by script."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.emporia.usages import no_usages, read_usages
from application.ports.clock import Clock
from application.ports.emporia_gateway import ChartQuery, EmporiaGateway
from domain.archive.buckets import bucket_start, buckets_from
from domain.emporia.devices import Customer, Device, Location
from domain.emporia.homes import homes_of
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId, EmporiaTokens
from domain.emporia.samples import UsageSample
from domain.emporia.usage import ChartUsage, EnergyUnit, Scale
from domain.instants import format_instant

HOME = AccountId(42)
HOME_GIDS = (1000, 1001)
HOME_LOCATION = Location(ZoneInfo("America/New_York"))


@dataclass(slots=True)
class ScriptedEmporiaGateway(EmporiaGateway):
    """A home with a monitor (1000) and a plug (1001) nested in its first circuit.

    Each request takes the next of `failures` first, None for none, and repeats `failure` while
    one is set. `accounts` tells by id token whose home is asked for. `calls` keeps every
    request's method and the instant it left; answers take `answer_seconds`. `instant_told` stands
    in answers in place of their own.
    """

    clock: Clock
    failures: deque[Exception | None] = field(default_factory=deque)
    failure: Exception | None = None
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

    async def chart(self, tokens: EmporiaTokens, query: ChartQuery) -> ChartUsage:
        """One for each bucket, aligned as Emporia aligns."""
        await self._answer("chart")
        first = bucket_start(query.scale, query.start, HOME_LOCATION)
        usages: list[float | None] = []
        for start in buckets_from(query.scale, first, HOME_LOCATION):
            if start >= query.end:
                break
            usages.append(1.0)
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
