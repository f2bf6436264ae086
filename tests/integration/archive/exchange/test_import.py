"""`POST /import`: files that Emporia exported, taken in by a running gateway."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from adapters.system import uploaded_files
from entrypoints.http.requests import uploads
from tests.integration.archive.exchange.conftest import FIRST, usages_of
from tests.integration.archive.exchange.files import COLUMNS, csv_of, left_files
from tests.integration.conftest import PASSWORD

EARLY = datetime(2025, 1, 7, 5, tzinfo=UTC)
"""Weeks before anything that the archive knows at first."""


async def send(filled: Any, content: Any, person: Any = None, **query: Any) -> httpx.Response:
    answer: httpx.Response = await filled.stage.client.post(
        "/import",
        headers={**(person or filled.person).bearer, "Content-Type": "text/csv"},
        params=query,
        content=content,
    )
    return answer


async def ended(filled: Any, answer: httpx.Response) -> dict[str, Any]:
    """How it went, when it has."""
    assert answer.status_code == 202, answer.text
    begun = answer.json()["import"]
    assert begun["state"] == "waiting"
    async with asyncio.timeout(20):
        while True:
            told = (await filled.stage.get(f"/import/{begun['id']}", filled.person)).json()
            if told["import"]["endedAt"] is not None:
                newest = (await filled.stage.get("/import", filled.person)).json()
                assert newest == told
                found: dict[str, Any] = told["import"]
                return found
            await asyncio.sleep(0.02)


async def history(filled: Any, series: str, start: datetime, hours: int, scale: str) -> Any:
    answer = await filled.stage.client.get(
        "/history",
        headers=filled.person.bearer,
        params={
            "series": series,
            "start": start.isoformat(),
            "end": (start + timedelta(hours=hours)).isoformat(),
            "scale": scale,
            "energyUnit": "KilowattHours",
        },
    )
    assert answer.status_code == 200, answer.text
    (told,) = answer.json()["series"]
    return told


async def test_a_file_is_taken_and_told_in_histories_as_imported(filled):
    text = csv_of(EARLY, 180)
    done = await ended(filled, await send(filled, text, file="c92c0a-Home-1MIN.csv"))
    assert done["state"] == "done"
    assert (done["bucketsTaken"], done["bucketsKnown"]) == (360, 0)
    assert (done["lines"], done["scale"], done["unmatched"]) == (180, "1MIN", [])
    assert (done["from"], done["to"]) == ("2025-01-07T05:00:00Z", "2025-01-07T08:00:00Z")
    assert done["bytes"] == done["bytesRead"] == len(text)
    assert [(each["deviceGid"], each["channel"]) for each in done["columns"]] == [
        (1001, "1,2,3"),
        (1001, "1,2,3"),
        (1001, "1"),
    ]
    told = await history(filled, "1001:1", EARLY, 3, "1MIN")
    assert told["usageList"] == pytest.approx(COLUMNS["Home-Kitchen-Fridge"](180), abs=1e-9)
    assert told["quality"] == [["imported", 180]]
    hours = await history(filled, "1001:1,2,3", EARLY, 3, "1H")
    assert hours["quality"] == [["imported", 3]]
    events = (await filled.stage.get("/me/events", filled.person)).json()["events"]
    assert events[0]["kind"] == "figures_imported"
    assert events[0]["detail"]["buckets"] == "360"
    assert left_files(filled) == []


async def test_a_file_that_is_sent_again_changes_nothing(filled):
    await ended(filled, await send(filled, csv_of(EARLY, 60)))
    before = await filled.rows(start=EARLY.isoformat())
    again = await ended(filled, await send(filled, csv_of(EARLY, 60)))
    assert (again["bucketsTaken"], again["bucketsKnown"]) == (0, 120)
    assert await filled.rows(start=EARLY.isoformat()) == before


async def test_what_emporia_told_stays(filled):
    text = csv_of(FIRST, 130, fridge=usages_of(1, 130))
    before = await history(filled, "1001:1", FIRST, 3, "1MIN")
    refused = await ended(filled, await send(filled, text.replace("Mains", "Nothing")))
    assert (refused["bucketsTaken"], refused["bucketsKnown"]) == (0, 100)
    assert await history(filled, "1001:1", FIRST, 3, "1MIN") == before
    full = csv_of(FIRST, 130, fridge=[each or 0.001 for each in usages_of(1, 130)])
    done = await ended(filled, await send(filled, full.replace("Mains", "Nothing")))
    assert (done["bucketsTaken"], done["bucketsOverlapping"], done["bucketsDiffering"]) == (
        30,
        100,
        0,
    )
    assert len(done["unmatched"]) == 2
    told = await history(filled, "1001:1", FIRST, 3, "1MIN")
    assert told["usageList"][:100] == before["usageList"][:100]
    assert told["quality"][:2] == [["live", 100], ["imported", 30]]


async def test_another_homes_file_is_refused(filled):
    before = await filled.rows()
    refused = await ended(filled, await send(filled, csv_of(FIRST, 100)))
    assert refused["state"] == "refused"
    assert refused["error"]["line"] is None
    assert "another home's file" in refused["error"]["message"]
    assert refused["bucketsDiffering"] > 100
    assert await filled.rows() == before


async def test_a_bad_line_is_named_and_nothing_is_taken(filled):
    before = await filled.rows()
    text = csv_of(EARLY, 60).splitlines()
    text[40] = text[40].rpartition(",")[0] + ",much"
    refused = await ended(filled, await send(filled, "\n".join(text)))
    assert refused["state"] == "refused"
    assert refused["error"] == {
        "line": 41,
        "message": "'much' in 'Home-Kitchen-Fridge (kWatts)' is no figure.",
    }
    assert await filled.rows() == before
    assert left_files(filled) == []


async def test_columns_can_be_named(filled):
    text = csv_of(EARLY, 60).replace("Home-", "Old=name-")
    refused = await ended(filled, await send(filled, text))
    assert "no column is matched" in refused["error"]["message"]
    mapping = ["Old=name-Mains_A=1001:1,2,3", "Old=name-Kitchen-Fridge (kWatts)=1001:2"]
    done = await ended(filled, await send(filled, text, column=mapping, scale="1MIN"))
    assert [(each["column"], each["channel"]) for each in done["columns"]] == [
        ("Old=name-Mains_A (kWatts)", "1,2,3"),
        ("Old=name-Kitchen-Fridge (kWatts)", "2"),
    ]
    by_device = await ended(filled, await send(filled, csv_of(EARLY, 60), device="1001"))
    assert by_device["state"] == "done"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"scale": "1DAY"}, "scale: a file of days can't be taken"),
        ({"scale": "5MIN"}, "scale: '5MIN' is not known; allowed are 1SEC, 1MIN, 15MIN, 1H."),
        ({"device": "1009"}, "devices: 1009 not found"),
        ({"device": "x"}, "device: 'x' is not a gid"),
        ({"column": "A"}, "column: 'A' is not understood"),
        ({"column": "A=1001:77"}, "column: device 1001 has no series '77'"),
        ({"file": "x" * 256}, "file: a name has up to 255 characters."),
    ],
)
async def test_what_is_said_wrongly_is_refused_before_the_file_is_kept(filled, query, sentence):
    answer = await send(filled, csv_of(EARLY, 2), **query)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(sentence)
    assert (await filled.stage.get("/import", filled.person)).status_code == 404


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Content-Type": "application/json"}, "media_type_not_csv"),
        ({"Content-Type": "text/csv; " + "x" * 300}, "media_type_not_csv"),
        ({"Content-Type": "text/csv", "Content-Encoding": "gzip"}, "body_coded"),
    ],
)
async def test_only_plain_csv_is_taken(filled, headers, code):
    answer = await filled.stage.client.post(
        "/import",
        headers={**filled.person.bearer, "Accept": "application/problem+json", **headers},
        content=b"x",
    )
    assert (answer.status_code, answer.json()["code"]) == (415, code)


async def test_nobody_imports_with_a_key_or_for_another(filled):
    made = await filled.stage.client.post(
        "/me/keys",
        headers=filled.person.bearer,
        json={"name": "all", "scopes": ["read", "stream", "export"], "password": PASSWORD},
    )
    key = {"Authorization": f"Bearer {made.json()['secret']}"}
    for method, path in (("GET", "/import"), ("GET", "/import/x"), ("POST", "/import")):
        answer = await filled.stage.client.request(method, path, headers=key)
        assert answer.status_code == 403
    begun = await send(filled, csv_of(EARLY, 2))
    other = await filled.stage.linked("eve@example.com")
    for path in ("/import", f"/import/{begun.json()['import']['id']}"):
        answer = await filled.stage.get(path, other)
        assert answer.status_code == 404
        assert answer.json()["error"] == "There is no such import, or it ended long ago."
    await ended(filled, begun)


async def pieces(count: int, size: int = 4096) -> Any:
    for _ in range(count):
        yield b"x" * size


@pytest.fixture
async def narrow(stages: Any, fill: Any) -> Any:
    """A gateway that takes 100 kB at most."""
    async with stages(import_limit_bytes=100_000) as stage:
        yield await fill(stage)


async def test_a_file_that_is_too_large_is_refused_by_its_length_before_it_comes(narrow):
    answer = await send(narrow, b"x" * 100_001)
    assert answer.status_code == 413
    assert left_files(narrow) == []


async def test_a_file_that_is_too_large_is_refused_as_it_comes_without_a_length(narrow):
    answer = await send(narrow, pieces(30))
    assert answer.status_code == 413
    assert left_files(narrow) == []
    fitting = await send(narrow, pieces(24))
    assert fitting.status_code == 202
    assert (await ended(narrow, fitting))["error"]["line"] == 1


async def test_the_limit_of_other_bodies_does_not_hold_here_and_this_one_is_200_megabytes(filled):
    assert filled.stage.settings.import_limit_bytes == 200_000_000
    done = await ended(filled, await send(filled, csv_of(EARLY, 4_000)))
    assert done["bytes"] > filled.stage.settings.body_limit_bytes
    assert done["bucketsTaken"] == 8_000


async def test_a_disk_without_room_takes_nothing(filled, monkeypatch):
    monkeypatch.setattr(uploaded_files, "LEAST_FREE_BYTES", 10**18)
    answer = await send(filled, csv_of(EARLY, 2))
    assert answer.status_code == 503
    assert answer.json()["error"] == uploaded_files.NO_ROOM


async def test_a_user_has_one_import_at_a_time(filled):
    async def slowly() -> Any:
        yield b"x"
        second = await send(filled, csv_of(EARLY, 2))
        assert second.status_code == 429
        assert second.headers["Retry-After"] == "10"

    assert (await send(filled, slowly())).status_code == 202


async def test_a_client_that_leaves_in_the_middle_leaves_nothing(filled, eventually):
    async def broken() -> Any:
        yield b"x" * 10_000
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await send(filled, broken())
    await eventually(lambda: filled.stage.container.run_imports().running == [])
    assert left_files(filled) == []


async def test_a_file_that_never_comes_to_its_end_gives_its_place_back(filled, monkeypatch):
    monkeypatch.setattr(uploads, "PATIENCE_SECONDS", 0.2)
    never = asyncio.Event()

    async def endless() -> Any:
        yield b"x"
        await never.wait()

    sending = asyncio.create_task(send(filled, endless()))
    with contextlib.suppress(httpx.TransportError, asyncio.CancelledError, TimeoutError):
        async with asyncio.timeout(1):
            assert (await sending).status_code == 408
    assert filled.stage.container.run_imports().running == []
    assert left_files(filled) == []


async def test_the_file_is_private_while_it_waits_and_a_start_deletes_what_was_left(
    filled, eventually
):
    folder = filled.stage.settings.data_dir
    left = folder / ".emporia-api.import.0123456789abcdef"
    left.touch()
    modes: list[int] = []

    async def watched() -> Any:
        yield b"x" * 2_000_000
        await eventually(lambda: len(left_files(filled)) == 2)
        modes.extend(path.stat().st_mode & 0o777 for path in left_files(filled) if path != left)

    await ended(filled, await send(filled, watched()))
    assert modes == [0o600]
    await filled.stage.container.uploaded_files().clear()
    assert left_files(filled) == []
