"""The day and its costs on a page, and what the gateway answered to it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.async_api import Page, Response

FLAT: dict[str, Any] = {
    "name": "Home power",
    "currency": "USD",
    "rates": [
        {
            "since": "2020-01-01",
            "energy": {"periods": [{"name": "Energy", "tiers": [{"price": "0.31"}]}]},
            "fixed": [{"name": "Base", "amount": "9.50"}],
        }
    ],
}
TOLD = {"/flows", "/costs", "/me/tariffs"}


@dataclass(frozen=True)
class Answer:
    """What the gateway said to a question of the page."""

    path: str
    query: dict[str, str]
    content: Any


@dataclass
class View:
    """A view on a page, and every answer about flows and money that it was given."""

    page: Page
    person: Any
    stage: Any
    answers: list[Answer] = field(default_factory=list)
    _reads: list[asyncio.Task[None]] = field(default_factory=list)

    async def text(self, name: str) -> str:
        """The figure of this name."""
        return (await self.page.get_by_test_id(name).inner_text()).strip()

    async def answer(self, path: str, **query: str) -> Any:
        """The last answer to such a question."""
        await asyncio.gather(*self._reads)
        fitting = [
            answer.content
            for answer in self.answers
            if answer.path == path and query.items() <= answer.query.items()
        ]
        return fitting[-1]

    def hear(self, response: Response) -> None:
        """Keep what is about flows and money."""
        address = urlsplit(response.url)
        if address.path in TOLD and response.request.method == "GET":
            self._reads.append(asyncio.ensure_future(self._read(response)))

    async def _read(self, response: Response) -> None:
        address = urlsplit(response.url)
        content = json.loads(await response.text())
        self.answers.append(Answer(address.path, dict(parse_qsl(address.query)), content))


OpenView = Callable[..., Awaitable[View]]


@pytest.fixture
def open_view(stage: Any, open_page: Any) -> OpenView:
    """Opens a view of a person's home; `solar` is the home with sun and battery."""

    async def open_one(
        view: str, *, solar: bool = False, tariff: Any = None, **options: Any
    ) -> View:
        person = await stage.sign_up()
        link = ("solar@example.com", "solar-password") if solar else ()
        assert (await stage.link(person, *link)).status_code == 200
        if tariff is not None:
            kept = await stage.client.post("/me/tariffs", headers=person.bearer, json=tariff)
            assert kept.status_code == 201, kept.text
        made: list[View] = []

        def listen(page: Page) -> None:
            made.append(View(page, person, stage))
            page.on("response", made[0].hear)

        await open_page(stage.url, view=view, person=person, listen=listen, **options)
        (opened,) = made
        return opened

    return open_one
