"""Emporia's device API over HTTP: builds the questions, folds the answers into domain words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx

from adapters.emporia.documents import read_document
from adapters.emporia.exchange import Answer, exchange
from adapters.emporia.payloads import read_chart, read_customer, read_usages
from adapters.emporia.retry_after import retry_after_seconds
from application.ports.clock import Clock
from application.ports.emporia_gateway import ChartQuery, EmporiaGateway
from domain.emporia.devices import Customer
from domain.emporia.links import EmporiaTokens
from domain.emporia.usage import ChartUsage, EnergyUnit, Scale, UsageSample
from domain.errors import (
    EmporiaError,
    EmporiaRefusedRequest,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)
from domain.instants import format_instant


class HttpxEmporiaGateway(EmporiaGateway):
    """Asks with a client that others own.

    What the cloud writes into its error bodies stays here: it echoes e-mail and IP address.
    """

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
        return read_customer(self._document(answer), received_at=self._clock.now())

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
        return read_usages(self._document(answer), received_at=self._clock.now())

    async def chart(self, tokens: EmporiaTokens, query: ChartQuery) -> ChartUsage:
        answer = await self._ask(
            tokens,
            f"/AppAPI?apiMethod=getChartUsage&deviceGid={query.gid}"
            f"&channel={quote(query.channel, safe=',')}"
            f"&start={format_instant(query.start)}&end={format_instant(query.end)}"
            f"&scale={query.scale.value}&energyUnit={query.unit.value}",
        )
        return read_chart(self._document(answer))

    async def _ask(self, tokens: EmporiaTokens, target: str) -> Answer:
        request = self._http_client.build_request(
            "GET", self._base_url + target, headers={"authtoken": tokens.id_token}
        )
        return await exchange(
            self._http_client, request, total_timeout_seconds=self._total_timeout_seconds
        )

    def _document(self, answer: Answer) -> dict[str, Any]:
        if answer.status != httpx.codes.OK:
            raise self._refusal(answer)
        document = read_document(answer.body)
        if document.get("msg") == "down":
            raise self._unavailable(answer)
        return document

    def _refusal(self, answer: Answer) -> EmporiaError:
        """What a status other than 200 means; a 401 may also be about a foreign device."""
        match answer.status:
            case 401 if b"deviceGid" in answer.body:
                return EmporiaRefusedRequest()
            case 401:
                return EmporiaTokenRefused()
            case 400:
                return EmporiaRefusedRequest()
            case 429 | 499:
                return self._unavailable(answer)
            case status if status >= 500:
                return self._unavailable(answer)
            case _:
                return EmporiaUnreadable()

    def _unavailable(self, answer: Answer) -> EmporiaUnavailable:
        header = answer.headers.get("Retry-After")
        return EmporiaUnavailable(
            retry_after_seconds=retry_after_seconds(header, now=self._clock.now())
        )
