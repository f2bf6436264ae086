"""Emporia's device API, one HTTP request a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.emporia.channels import Channel
from domain.emporia.devices import Customer
from domain.emporia.links import EmporiaTokens
from domain.emporia.samples import UsageSample
from domain.emporia.usage import ChartUsage, Document, EnergyUnit, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartQuery:
    """One series of one device; times are UTC, `end` exclusive."""

    gid: int
    channel: str
    start: datetime
    end: datetime
    scale: Scale
    unit: EnergyUnit


class EmporiaGateway(Protocol):
    """Asks the device API. Each call is exactly one HTTP request: no retries in here.

    Every method that asks raises EmporiaTokenRefused (401), EmporiaRefusedRequest (the cloud
    rejects this question, a foreign device among them), EmporiaUnavailable, EmporiaTimedOut or
    EmporiaUnreadable. No answer ever holds a breaker PIN.
    """

    async def customer(self, tokens: EmporiaTokens) -> Customer:
        """The customer with all devices. A 400 here is the cloud's fault: EmporiaUnavailable."""
        ...

    async def usages(
        self,
        tokens: EmporiaTokens,
        *,
        gids: Sequence[int],
        instant: datetime,
        scale: Scale,
        unit: EnergyUnit,
    ) -> UsageSample:
        """What these devices used in the bucket that ends at the instant (UTC)."""
        ...

    def no_usages(self, *, instant: datetime, scale: Scale, unit: EnergyUnit) -> UsageSample:
        """The sample of an account without devices, of whom nobody has to be asked."""
        ...

    def customer_in(self, document: Document, *, received_at: datetime) -> Customer:
        """What `customer` made of this document when it came; raises EmporiaUnreadable."""
        ...

    def sample_in(self, document: Document, *, received_at: datetime) -> UsageSample:
        """The sample whose document has this content; raises EmporiaUnreadable."""
        ...

    def mains_sample(
        self,
        *,
        gid: int,
        circuits: Sequence[Channel],
        instant: datetime,
        usage: float | None,
        received_at: datetime,
    ) -> UsageSample:
        """The sample of the second that begins then (UTC), with the mains of one device alone.

        `usage` is theirs, in kWh; its circuits are named, and of what they used nothing is known.
        """
        ...

    async def chart(self, tokens: EmporiaTokens, query: ChartQuery) -> ChartUsage:
        """The buckets of one series; the range must fit one of Emporia's windows."""
        ...
