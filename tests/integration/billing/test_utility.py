"""The utility's own readings over HTTP, of the simulated home, as they are and as they may be."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.green_button import block, kind, reading, write
from tests.integration.billing.test_reconcile import DAYS, FIRST, START, TARIFF, really_used
from tests.integration.conftest import PASSWORD
from tests.integration.what_is_kept import gone, stands_in

LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
XML = {"Content-Type": "application/xml"}


@pytest.fixture
def person_at() -> Any:
    """Links somebody to the simulated home, whose days the gateway then holds."""

    async def link(stage: Any) -> Any:
        person = await stage.linked()
        await stage.get("/devices", person)
        answer = await stage.get(
            "/history",
            person,
            series="1001:1,2,3",
            start=FIRST.isoformat(),
            end=_end(),
            scale="1H",
            energyUnit="KilowattHours",
        )
        assert answer.status_code == 200, answer.text
        added = await stage.client.post("/me/tariffs", headers=person.bearer, json=TARIFF)
        assert added.status_code == 201, added.text
        return person

    return link


def _end() -> str:
    return (FIRST + timedelta(DAYS)).isoformat()


def made(folder: Path, watt_hours: Sequence[int], *, hours_late: int = 0) -> bytes:
    entries = kind(1), reading(1), block(1, START + hours_late * 3600, watt_hours)
    return write(folder / "usage.xml", *entries).read_bytes()


async def send(stage: Any, person: Any, content: bytes | AsyncIterator[bytes], **headers: str):
    return await stage.client.post(
        "/utility",
        params={"home": "1001"},
        content=content,
        headers={**person.bearer, **XML, **headers},
        timeout=120,
    )


async def test_a_file_is_kept_compared_and_removed(stage, person_at, tmp_path) -> None:
    person, used = await person_at(stage), really_used()
    sent = await send(stage, person, made(tmp_path, used))
    assert sent.status_code == 201, sent.text
    assert sent.json() == {
        "deviceGid": 1001,
        "hours": DAYS * 24,
        "quarters": 0,
        "start": FIRST.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "end": _end().replace("+00:00", "Z"),
        "leftOut": [],
    }
    told = (await stage.get("/utility", person, home="1001")).json()
    assert told["compared"] == DAYS * 24
    assert [finding["reason"] for finding in told["findings"]] == ["agrees"]
    assert told["utilityKwh"] == pytest.approx(sum(used) / 1000)
    assert told["kwh"] - told["utilityKwh"] == pytest.approx(told["differenceKwh"])
    assert float(told["bills"]["utilityAmount"]) == pytest.approx(sum(used) / 5000, abs=0.01)
    assert told["bills"]["currency"] == "USD"
    assert len(told["hours"]) == DAYS * 24
    for hour, watt_hours in zip(told["hours"], used, strict=True):
        assert hour["utilityKwh"] == pytest.approx(watt_hours / 1000)
        assert hour["kwh"] == pytest.approx(watt_hours / 1000, abs=0.05)
    assert sum(day["hours"] for day in told["days"]) == DAYS * 24
    assert sum(day["differenceKwh"] for day in told["days"]) == pytest.approx(told["differenceKwh"])

    gone = await stage.client.delete("/utility", params={"home": "1001"}, headers=person.bearer)
    assert gone.status_code == 204
    again = await stage.get("/utility", person, home="1001")
    assert (again.status_code, again.headers["Content-Type"]) == (404, "application/json")
    assert "Nothing of the utility's is kept" in again.json()["error"]


async def test_each_way_of_being_wrong_is_named_and_a_file_takes_the_place_of_another(
    stage, person_at, tmp_path
) -> None:
    person, used = await person_at(stage), really_used()
    for watt_hours, hours_late, reason in (
        (used, 1, "shifted"),
        ([0, *used], -1, "agrees"),
        ([round(each * 0.46) for each in used], 0, "leg_missing_in_file"),
        ([each * 10 for each in used], 0, "multiplier"),
    ):
        content = made(tmp_path, watt_hours, hours_late=hours_late)
        assert (await send(stage, person, content)).status_code == 201
        told = (
            await stage.get("/utility", person, home="1001", start=FIRST.isoformat(), end=_end())
        ).json()
        assert reason in [finding["reason"] for finding in told["findings"]]


async def test_hours_that_the_archive_lacks_have_no_figure_here(stage, person_at, tmp_path) -> None:
    person, used = await person_at(stage), really_used()
    content = made(tmp_path, [500] * 48 + used, hours_late=-48)
    assert (await send(stage, person, content)).status_code == 201
    told = (await stage.get("/utility", person)).json()
    assert told["findings"][0]["reason"] == "coverage"
    assert told["hours"][0]["kwh"] is None
    assert told["hours"][0]["differenceKwh"] is None
    assert told["compared"] == DAYS * 24


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no xml", "file: it is no XML"),
        (b"<feed/>", "file: there is no IntervalBlock in it"),
        (LAUGHS.encode() + b"<entry>&b;</entry>", "file: it defines entities"),
        (b"", "file: it is no XML"),
    ],
)
async def test_what_is_no_such_file_is_refused(stage, tmp_path, content, sentence) -> None:
    person = await stage.linked()
    answer = await send(stage, person, content)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]
    assert [each.name for each in (tmp_path / "data").iterdir() if "utility" in each.name] == []


async def test_a_body_is_bounded_and_named_by_its_type(stages) -> None:
    async with stages(import_limit_bytes=2_000) as stage:
        person = await stage.linked()

        async def endless() -> AsyncIterator[bytes]:
            for _ in range(21):
                yield b" " * 100

        for content in (b" " * 2_001, endless()):
            assert (await send(stage, person, content)).status_code == 413
        answer = await send(stage, person, b"{}", **{"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (
            415,
            "The request body must be XML.",
        )
        packed = await send(stage, person, b"<feed/>", **{"Content-Encoding": "gzip"})
        assert packed.status_code == 415


async def test_half_a_year_of_quarter_hours_is_read_beside_everybody_else(stage, tmp_path) -> None:
    person = await stage.linked()
    start = START - 366 * 86_400
    entries = [block(1, start + month * 30 * 86_400, [250] * 2_880, 900) for month in range(6)]
    content = write(tmp_path / "years.xml", kind(1), reading(1), *entries).read_bytes()
    assert len(content) > 2_000_000
    sending = asyncio.create_task(send(stage, person, content))
    answered = 0
    while not sending.done():
        assert (await stage.client.get("/health/live")).status_code == 200
        answered += 1
    assert (await sending).json()["quarters"] == 6 * 2_880
    assert answered > 3


async def pieces_of(stage) -> list[bytes]:
    """Pieces of what is kept, each long enough to be nothing else."""
    async with stage.container.engine().connect() as connection:
        kept = await connection.execute(text("SELECT data FROM utility_months"))
        return [data[at : at + 24] for (data,) in kept for at in range(0, len(data) - 24, 97)]


async def test_with_the_last_user_it_goes_from_everywhere(stage, person_at, tmp_path) -> None:
    person = await person_at(stage)
    assert (await send(stage, person, made(tmp_path, really_used()))).status_code == 201
    pieces = await pieces_of(stage)
    assert len(pieces) > 10
    assert await stands_in(stage, pieces)

    answer = await stage.client.request(
        "DELETE", "/me", headers=person.bearer, json={"password": PASSWORD}
    )
    assert answer.status_code == 204
    assert await stage.container.utility_readings().accounts() == []
    await gone(stage, pieces)
