"""A start: who comes first is answered first, and what takes hours begins a moment later."""

import asyncio
from pathlib import Path

import httpx
import pytest
from dependency_injector import providers

from entrypoints import asgi
from entrypoints.composition import build_container, migrate
from entrypoints.settings import Settings
from tests.integration.conftest import serving
from tests.integration.plain_http import WITHOUT_TLS


class Recorder:
    """In place of the real one: tells that it began."""

    def __init__(self) -> None:
        self.began = asyncio.Event()

    async def run(self) -> None:
        self.began.set()
        await asyncio.Event().wait()

    def listen(self, _: object) -> None:
        pass


def gateway_with(recorder: Recorder, settings: Settings) -> asgi.Gateway:
    migrate(settings)
    container = build_container(settings)
    container.record.override(providers.Object(recorder))
    return asgi.create_gateway(container)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", port=0)


@pytest.mark.of_sqlite("what begins when has nothing to do with the database")
async def test_the_recorder_begins_by_itself(settings, monkeypatch) -> None:
    monkeypatch.setattr(asgi, "CARE_AFTER_SECONDS", 0)
    recorder = Recorder()

    async with serving(gateway_with(recorder, settings), settings):
        await asyncio.wait_for(recorder.began.wait(), 10)


@pytest.mark.of_sqlite("what begins when has nothing to do with the database")
async def test_before_that_answers_are_given_and_the_gateway_can_be_stopped(
    settings, monkeypatch
) -> None:
    monkeypatch.setattr(asgi, "CARE_AFTER_SECONDS", 3600)
    recorder = Recorder()

    async with (
        serving(gateway_with(recorder, settings), settings) as url,
        httpx.AsyncClient(base_url=url, verify=WITHOUT_TLS) as client,
    ):
        answer = await client.get("/health/live")
        waiting = {task.get_name() for task in asyncio.all_tasks()}

    assert answer.status_code == 200
    assert "recorder" in waiting
    assert "recorder" not in {task.get_name() for task in asyncio.all_tasks()}
    assert not recorder.began.is_set()
