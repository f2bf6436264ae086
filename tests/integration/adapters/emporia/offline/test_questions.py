"""Requests made of known parts are the ones that the client would build."""

import httpx
import pytest

from adapters.emporia.exchange.client import open_client
from adapters.emporia.exchange.questions import Questions

TARGETS = [
    "/customers/devices",
    "/AppAPI?apiMethod=getDeviceListUsages&deviceGids=1+2&instant=2026-03-01T12:00:00.25Z",
    "/AppAPI?apiMethod=getChartUsage&channel=1,2,3&start=2026-03-01T12:00:00Z&scale=1H",
    "/AppAPI?apiMethod=getChartUsage&channel=a%20b%26c%2Fd&scale=1H",
]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "base_url",
    [
        "https://api.emporiaenergy.com",
        "https://api.emporiaenergy.com/",
        "http://127.0.0.1:8000",
        "http://[::1]:8000/behind/a/proxy/",
        "https://stromzähler.example/ä",
    ],
)
async def test_a_question_is_what_the_client_would_build(base_url: str, target: str) -> None:
    async with open_client(connect_timeout_seconds=3, read_timeout_seconds=7) as client:
        ours = Questions(client, base_url=base_url)(target, authtoken="a.b.c")
        theirs = client.build_request(
            "GET", base_url.rstrip("/") + target, headers={"authtoken": "a.b.c"}
        )
    assert (ours.method, ours.url, str(ours.url)) == ("GET", theirs.url, str(theirs.url))
    assert ours.url.raw_path == theirs.url.raw_path
    assert ours.headers.multi_items() == theirs.headers.multi_items()
    assert ours.extensions == theirs.extensions
    assert ours.read() == b""


async def test_questions_share_nothing_that_one_of_them_could_change() -> None:
    async with open_client(connect_timeout_seconds=3, read_timeout_seconds=7) as client:
        ask = Questions(client, base_url="https://emporia.test")
        first = ask("/first?a=1", authtoken="of the first")
        second = ask("/second", authtoken="of the second")
        first.headers["Accept"] = "text/html"
        first.extensions["timeout"] = {}
    assert httpx.URL("https://emporia.test/first?a=1") == first.url
    assert httpx.URL("https://emporia.test/second") == second.url
    assert first.headers["authtoken"] == "of the first"
    assert second.headers["authtoken"] == "of the second"
    assert second.headers["Accept"] == "application/json"
    assert second.extensions["timeout"]["read"] == 7
