"""What an answer from the archive costs the server in CPU, but for the HTTP server itself."""

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.keeping.home import BEGIN, Samples
from benchmarks.keeping.ways import READ_AT
from domain.archive.recording.reading import Reading
from domain.archive.series import Series, SeriesName
from domain.archive.spans import DAY_SECONDS
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from entrypoints.asgi import create_gateway
from entrypoints.composition import (
    Container,
    SimulatorOptions,
    build_container,
    migrate,
    serve_simulator,
)
from entrypoints.settings import Settings

PASSWORD = "correct horse battery"  # noqa: S105 - of somebody who lives for seconds
LOGIN = {"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"}
NAME = SeriesName(1001, "1,2,3")
ASKED = 9


def cost_of_answers(home: Mapping[Scale, Sequence[Samples]]) -> dict[str, float]:
    """Milliseconds of CPU an answer, threads included, by what was asked; medians."""
    return asyncio.run(_cost_of_answers(home))


async def _cost_of_answers(home: Mapping[Scale, Sequence[Samples]]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with serve_simulator(SimulatorOptions()) as cloud:
            settings = Settings(
                data_dir=Path(folder),
                emporia_api_url=cloud.base_url,
                emporia_cognito_url=cloud.base_url,
                recorder=False,
            )
            migrate(settings)
            container = build_container(settings)
            app: Any = create_gateway(container)
            async with app.lifespan():
                return await _ask(container, app, home)


async def _ask(
    container: Container, app: Any, home: Mapping[Scale, Sequence[Samples]]
) -> dict[str, float]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        account = {"email": "ada@example.com", "password": PASSWORD}
        (await client.post("/signup", json=account)).raise_for_status()
        token = (await client.post("/login", json=account)).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        (await client.post("/emporia-auth", json=LOGIN)).raise_for_status()
        [linked] = await container.emporia_links().accounts()
        for scale, series in home.items():
            await _keep(container, linked, scale, series[0])
        return {
            "a day of seconds: server's CPU ms, REST included": await _cost(
                client, Scale.SECOND, DAY_SECONDS
            ),
            "a year of days: server's CPU ms, REST included": await _cost(
                client, Scale.DAY, 365 * DAY_SECONDS
            ),
        }


async def _keep(container: Container, account: AccountId, scale: Scale, samples: Samples) -> None:
    figures = container.chunk_codec().figures(samples.usages)
    reading = Reading(scale=scale, start=samples.start, figures=figures, read_at=READ_AT)
    await container.keep_readings()(Series(account, NAME), reading)


async def _cost(client: httpx.AsyncClient, scale: Scale, seconds: int) -> float:
    query = {
        "series": str(NAME),
        "start": datetime.fromtimestamp(BEGIN, UTC).isoformat(),
        "end": datetime.fromtimestamp(BEGIN + seconds, UTC).isoformat(),
        "scale": scale.value,
        "energyUnit": "KilowattHours",
    }
    costs = []
    for _ in range(ASKED):
        began = time.process_time()
        answer = await client.get("/history", params=query)
        costs.append((time.process_time() - began) * 1_000)
        answer.raise_for_status()
    return median(costs)
