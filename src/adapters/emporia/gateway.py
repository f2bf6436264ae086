"""Emporia's device API over HTTP: each question, and what becomes of its answer."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import httpx

from adapters.emporia.charts import NO_CHART, is_nothing, read_chart
from adapters.emporia.customers import read_customer
from adapters.emporia.exchange.answers import read_answer
from adapters.emporia.exchange.exchange import Answer
from adapters.emporia.exchange.large_answers import LargeAnswers
from adapters.emporia.exchange.questions import Questions
from adapters.emporia.usages import mains_document, no_usages, read_usages
from application.ports.clock import Clock
from application.ports.emporia.emporia_gateway import ChartQuery, EmporiaGateway
from domain.emporia.channels import Channel
from domain.emporia.devices import Customer
from domain.emporia.links import EmporiaTokens
from domain.emporia.samples import UsageSample
from domain.emporia.usage import ChartUsage, Document, EnergyUnit, Scale
from domain.errors import EmporiaUnavailable
from domain.instants import format_instant

LARGEST_LIST_BYTES = 2 * 1024 * 1024
"""A thousand circuits take a quarter of it, in the device list as in a sample."""

LARGEST_CHART_BYTES = 512 * 1024
"""The most buckets that Emporia takes in one call, 3,600, are 80 kB."""


class HttpxEmporiaGateway(EmporiaGateway):
    """Asks with a client that others own."""

    def __init__(
        self,
        http_client: httpx.AsyncClient,
        *,
        clock: Clock,
        base_url: str,
        total_timeout_seconds: float,
    ) -> None:
        self._clock = clock
        self._question = Questions(http_client, base_url=base_url)
        self._ask = LargeAnswers(http_client, total_timeout_seconds=total_timeout_seconds)

    async def customer(self, tokens: EmporiaTokens) -> Customer:
        def read(answer: Answer) -> Customer:
            if answer.status == httpx.codes.BAD_REQUEST:
                raise EmporiaUnavailable
            now = self._clock.now()
            return read_customer(read_answer(answer, now=now), received_at=now)

        return await self._ask(
            self._question("/customers/devices", authtoken=tokens.id_token),
            largest_bytes=LARGEST_LIST_BYTES,
            read=read,
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
        def read(answer: Answer) -> UsageSample:
            now = self._clock.now()
            return read_usages(read_answer(answer, now=now), received_at=now)

        target = (
            "/AppAPI?apiMethod=getDeviceListUsages"
            f"&deviceGids={'+'.join(map(str, gids))}&instant={format_instant(instant)}"
            f"&scale={scale.value}&energyUnit={unit.value}"
        )
        return await self._ask(
            self._question(target, authtoken=tokens.id_token),
            largest_bytes=LARGEST_LIST_BYTES,
            read=read,
        )

    def no_usages(self, *, instant: datetime, scale: Scale, unit: EnergyUnit) -> UsageSample:
        return no_usages(instant=instant, scale=scale, unit=unit, received_at=self._clock.now())

    def customer_in(self, document: Document, *, received_at: datetime) -> Customer:
        return read_customer(document, received_at=received_at)

    def sample_in(self, document: Document, *, received_at: datetime) -> UsageSample:
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
        document = mains_document(gid, circuits, instant=instant, usage=usage)
        return read_usages(document, received_at=received_at)

    async def chart(self, tokens: EmporiaTokens, query: ChartQuery) -> ChartUsage:
        def read(answer: Answer) -> ChartUsage:
            if answer.status == httpx.codes.OK and is_nothing(answer.body):
                return NO_CHART
            return read_chart(read_answer(answer, now=self._clock.now()))

        target = (
            f"/AppAPI?apiMethod=getChartUsage&deviceGid={query.gid}"
            f"&channel={quote(query.channel, safe=',')}"
            f"&start={format_instant(query.start)}&end={format_instant(query.end)}"
            f"&scale={query.scale.value}&energyUnit={query.unit.value}"
        )
        return await self._ask(
            self._question(target, authtoken=tokens.id_token),
            largest_bytes=LARGEST_CHART_BYTES,
            read=read,
        )
