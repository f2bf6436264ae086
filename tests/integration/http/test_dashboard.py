"""The dashboard's files go out small, fresh and under a strict policy; others do not go out."""

import gzip
import re
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import pytest
from litestar import Litestar

from entrypoints.http.answers.errors import EXCEPTION_HANDLERS
from entrypoints.http.page.dashboard import dashboard
from entrypoints.http.routes import BEFORE_SEND

PAGE = "<!doctype html><title>Built</title>"
SCRIPT = "start();"
FILES = MappingProxyType(
    {
        "index.html": PAGE.encode(),
        "index.html.gz": gzip.compress(PAGE.encode()),
        "index.html.br": b"what a browser reads as brotli",
        "assets/start-4f0c.js": SCRIPT.encode(),
        "assets/start-4f0c.js.gz": gzip.compress(SCRIPT.encode()),
        "assets/look-77aa.css": b"p { color: CanvasText }",
        "assets/icon-19be.svg": b"<svg/>",
        "assets/type-03ff.woff2": b"wOF2",
    }
)


def client_of(folder: Path) -> httpx.AsyncClient:
    # Its scopes are narrower than what httpx would give.
    app: Any = Litestar(
        [dashboard(folder)],
        exception_handlers=EXCEPTION_HANDLERS,
        before_send=BEFORE_SEND,
        openapi_config=None,
        logging_config=None,
    )
    # Nothing is accepted but what a test says.
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://gateway.test",
        headers={"Accept-Encoding": ""},
    )


@pytest.fixture
def built(tmp_path):
    """A folder as the build leaves it."""
    (tmp_path / "assets").mkdir()
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.fixture
async def client(built):
    """A visitor of the built page."""
    async with client_of(built) as client:
        yield client


async def test_the_page_is_at_the_root(client):
    answer = await client.get("/")

    assert answer.status_code == 200
    assert answer.text == PAGE
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_nothing_on_the_page_comes_from_elsewhere_or_runs_inline(client):
    answer = await client.get("/")

    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("*;q=0, gzip ; q=0.001", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0", None),
        ("deflate, zstd", None),
        ("gzip;q=much", None),
    ],
)
async def test_a_caller_gets_the_encoding_that_it_likes_best(client, accepted, encoding):
    async with client.stream("GET", "/", headers={"Accept-Encoding": accepted}) as answer:
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("accepted", "file"), [("gzip", ".gz"), ("br", ".br"), ("", "")])
async def test_bytes_go_out_as_the_build_left_them(client, accepted, file):
    async with client.stream("GET", "/", headers={"Accept-Encoding": accepted}) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])

    assert body == FILES[f"index.html{file}"]
    assert answer.headers["Content-Length"] == str(len(body))


async def test_a_file_without_an_encoded_twin_goes_out_plain(client):
    answer = await client.get("/assets/look-77aa.css", headers={"Accept-Encoding": "br, gzip"})

    assert answer.content == FILES["assets/look-77aa.css"]
    assert "Content-Encoding" not in answer.headers


async def test_who_has_the_page_is_told_that_it_is_still_the_one(client):
    first = await client.get("/")
    headers = {"If-None-Match": f'"other", W/{first.headers["ETag"]}'}
    again = await client.get("/", headers=headers)

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "no-cache"
    assert again.headers["Vary"] == "Accept-Encoding"


async def test_a_tag_stands_for_one_encoding_alone(client):
    plain = await client.get("/")
    zipped = await client.get(
        "/", headers={"Accept-Encoding": "gzip", "If-None-Match": plain.headers["ETag"]}
    )

    assert zipped.status_code == 200
    assert zipped.text == PAGE
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert not zipped.headers["ETag"].startswith("W/")


async def test_who_has_the_page_of_an_earlier_build_gets_the_new_one(built, client):
    tag = (await client.get("/")).headers["ETag"]
    (built / "index.html").write_text("<!doctype html><title>Built again</title>")

    async with client_of(built) as later:
        answer = await later.get("/", headers={"If-None-Match": tag})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("start-4f0c.js", "text/javascript; charset=utf-8"),
        ("look-77aa.css", "text/css; charset=utf-8"),
        ("icon-19be.svg", "image/svg+xml"),
        ("type-03ff.woff2", "font/woff2"),
    ],
)
async def test_assets_say_what_they_are_and_are_kept_for_good(client, name, media_type):
    answer = await client.get(f"/assets/{name}")

    assert answer.content == FILES[f"assets/{name}"]
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/start-0000.js",
        "/assets/start-4f0c.js.gz",
        "/assets/..%2Findex.html",
        "/assets/%2e%2e/index.html",
        "/assets/",
        "/index.html",
    ],
)
async def test_nothing_else_is_there(client, path):
    answer = await client.get(path)

    assert answer.status_code == 404
    assert answer.json() == {"error": "There is nothing at this path."}
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_page_that_was_not_built_says_how_to_build_it(tmp_path):
    async with client_of(tmp_path) as client:
        answer = await client.get("/")

    assert answer.status_code == 404
    assert answer.json() == {"error": "The dashboard was not built; `make web` does it."}


async def test_a_head_is_answered_like_a_get(stage):
    answer = await stage.client.head("/")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert int(answer.headers["Content-Length"]) > 0
    assert answer.content == b""


async def test_the_page_that_was_built_holds_nothing_inline_and_finds_its_assets(gateway):
    page = await gateway.client.get("/")

    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)
    answers = [await gateway.client.get(asset) for asset in assets]
    assert len(assets) >= 2
    assert [answer.status_code for answer in answers] == [200] * len(assets)
    assert re.findall(r"<style|<script>|://", page.text) == []
