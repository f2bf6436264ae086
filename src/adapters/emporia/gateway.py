"""Emporia's device API over HTTP: each question, and what becomes of its answer."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import httpx

from adapters.emporia.answers import read_answer
from adapters.emporia.charts import read_chart
from adapters.emporia.customers import read_customer
from adapters.emporia.exchange import Answer, exchange
from adapters.emporia.usages import no_usages, read_usages
from application.ports.clock import Clock
from application.ports.emporia_gateway import ChartQuery, EmporiaGateway
from domain.emporia.devices import Customer
from domain.emporia.links import EmporiaTokens
from domain.emporia.samples import UsageSample
from domain.emporia.usage import ChartUsage, EnergyUnit, Scale
from domain.errors import EmporiaUnavailable
from domain.instants import format_instant


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
        self._http_client = http_client
        self._clock = clock
        self._base_url = base_url.rstrip("/")
        self._total_timeout_seconds = total_timeout_seconds

    async def customer(self, tokens: EmporiaTokens) -> Customer:
        answer = await self._ask(tokens, "/customers/devices")
        if answer.status == httpx.codes.BAD_REQUEST:
            raise EmporiaUnavailable
        now = self._clock.now()
        return read_customer(read_answer(answer, now=now), received_at=now)

    async def usages(
        self,
        tokens: EmporiaTokens,
        *,
        gids: Sequence[int],
        instant: datetime,
        scale: Scale,
        unit: EnergyUnit,
    ) -> UsageSample:
        answer = await self._ask(
            tokens,
            "/AppAPI?apiMethod=getDeviceListUsages"
            f"&deviceGids={'+'.join(map(str, gids))}&instant={format_instant(instant)}"
            f"&scale={scale.value}&energyUnit={unit.value}",
        )
        now = self._clock.now()
        return read_usages(read_answer(answer, now=now), received_at=now)

    def no_usages(self, *, instant: datetime, scale: Scale, unit: EnergyUnit) -> UsageSample:
        return no_usages(instant=instant, scale=scale, unit=unit, received_at=self._clock.now())

    async def chart(self, tokens: EmporiaTokens, query: ChartQuery) -> ChartUsage:
        answer = await self._ask(
            tokens,
            f"/AppAPI?apiMethod=getChartUsage&deviceGid={query.gid}"
            f"&channel={quote(query.channel, safe=',')}"
            f"&start={format_instant(query.start)}&end={format_instant(query.end)}"
            f"&scale={query.scale.value}&energyUnit={query.unit.value}",
        )
        return read_chart(read_answer(answer, now=self._clock.now()))

    async def _ask(self, tokens: EmporiaTokens, target: str) -> Answer:
        request = self._http_client.build_request(
            "GET", self._base_url + target, headers={"authtoken": tokens.id_token}
        )
        return await exchange(
            self._http_client, request, total_timeout_seconds=self._total_timeout_seconds
        )
