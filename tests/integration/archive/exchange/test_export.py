"""Exports over HTTP: what is in them is what the archive tells elsewhere, to the unit."""

import gzip
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest

from adapters.arrow.columns import SCHEMA
from adapters.csv.export_table import COLUMNS
from domain.archive.energy import MILLIJOULES_PER_KWH, Energy
from tests.integration.archive.exchange.conftest import (
    FIRST,
    GAP,
    LAST,
    MINUTES,
    NEW_YORK,
    usages_of,
)

RANGE = {"start": FIRST.isoformat(), "end": LAST.isoformat()}
SUMS = {
    "csv": "select channel, count(*), count(kwh), sum(kwh) from read_csv(?) group by all",
    "parquet": "select channel, count(*), count(kwh), sum(kwh) from read_parquet(?) group by all",
}
KEY = {"name": "spreadsheet", "scopes": ["export"]}


def asked(path: Any, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(config={"threads": 1, "memory_limit": "200MB"}) as database:
        rows: list[tuple[Any, ...]] = database.execute(question, [str(path)]).fetchall()
        return rows


def millijoules(usages: list[float | None]) -> int:
    return sum(Energy.of_kilowatt_hours(each).millijoules for each in usages if each is not None)


async def history(filled: Any, channel: str, scale: str) -> list[float | None]:
    answer = await filled.stage.get(
        "/devices/1001/history",
        filled.person,
        channels=channel,
        scale=scale,
        energyUnit="KilowattHours",
        **RANGE,
    )
    usages: list[float | None] = answer.json()["usageList"]
    return usages


async def test_lines_have_names_both_times_and_how_each_figure_was_come_by(filled):
    rows = await filled.rows(series="1001:1", **RANGE)
    assert len(rows) == MINUTES
    assert rows[0] == {
        "device_gid": "1001",
        "device": "Home",
        "channel": "1",
        "circuit": "Fridge",
        "start_utc": "2025-03-08T05:00:00Z",
        "start_local": "2025-03-08T00:00:00-05:00",
        "scale": "1MIN",
        "kwh": repr(millijoules(usages_of(1)[:1]) / MILLIJOULES_PER_KWH),
        "quality": "live",
    }
    assert (rows[GAP.start]["kwh"], rows[GAP.start]["quality"]) == ("", "missing")
    assert [row["start_local"] for row in rows] == [
        (FIRST + timedelta(minutes=place)).astimezone(NEW_YORK).isoformat()
        for place in range(MINUTES)
    ]


async def test_all_series_come_in_order_of_series_and_then_of_time(filled):
    rows = await filled.rows()
    found = [(row["channel"], row["start_utc"]) for row in rows if row["kwh"]]
    series = ["1,2,3", "1", "2"]
    assert found == sorted(found, key=lambda each: (series.index(each[0]), each[1]))
    assert {row["channel"] for row in rows} == set(series)


async def test_figures_are_those_of_the_history(filled):
    for scale in ("1MIN", "15MIN", "1H", "1D"):
        rows = await filled.rows(series="1001:2", scale=scale, **RANGE)
        told = [float(row["kwh"]) if row["kwh"] else None for row in rows]
        assert told == await history(filled, "2", scale)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
async def test_duckdb_sums_to_what_the_archive_has(filled, tmp_path, kind):
    answer = await filled.export(format=kind, **RANGE)
    file = tmp_path / f"all.{kind}"
    file.write_bytes(answer.content)
    rows = asked(file, SUMS[kind])
    expected = {
        name: millijoules(usages_of(number)) for number, name in enumerate(("1,2,3", "1", "2"))
    }
    counts = {name: (count, known) for name, count, known, _ in rows}
    assert counts == dict.fromkeys(expected, (MINUTES, MINUTES - 30))
    assert {name: total for name, _, _, total in rows} == {
        name: pytest.approx(total / 3.6e9, rel=1e-12) for name, total in expected.items()
    }
    if kind == "parquet":
        exact = asked(file, "select channel, sum(millijoules) from read_parquet(?) group by all")
        assert {name: int(total) for name, total in exact} == expected


async def test_a_parquet_file_has_the_columns_of_csv_with_their_types(filled, tmp_path):
    file = tmp_path / "all.parquet"
    answer = await filled.export(format="parquet")
    file.write_bytes(answer.content)
    assert answer.headers["Content-Type"] == "application/vnd.apache.parquet"
    assert SCHEMA.names == [*COLUMNS, "millijoules"]
    kinds = dict(each[:2] for each in asked(file, "describe select * from read_parquet(?)"))
    assert kinds["start_utc"] == "TIMESTAMP WITH TIME ZONE"
    assert (kinds["kwh"], kinds["millijoules"], kinds["device_gid"]) == (
        "DOUBLE",
        "BIGINT",
        "BIGINT",
    )
    days = asked(
        file,
        "select date_trunc('day', start_utc at time zone 'America/New_York') d, count(*) "
        "from read_parquet(?) where channel = '1' and kwh is not null group by d order by d",
    )
    assert [count for _, count in days] == [1440 - 30, 1440 - 60, 1440]
    (first,) = asked(file, "select min(start_local) from read_parquet(?) where kwh is not null")
    assert datetime.fromisoformat(first[0]) == FIRST


async def test_a_client_that_takes_gzip_gets_it_and_another_does_not(filled):
    stage, bearer = filled.stage, filled.person.bearer
    said = {}
    for accepted in ("gzip", "identity", "gzip;q=0"):
        headers = {**bearer, "Accept-Encoding": accepted}
        question = stage.client.stream("GET", "/export", headers=headers, params={"scale": "1H"})
        async with question as answer:
            raw = b"".join([piece async for piece in answer.aiter_raw()])
            assert answer.headers["Vary"] == "Accept-Encoding"
            coding = answer.headers.get("Content-Encoding")
        said[accepted] = (coding, gzip.decompress(raw) if coding else raw)
    assert [coding for coding, _ in said.values()] == ["gzip", None, None]
    assert len({text for _, text in said.values()}) == 1


async def test_head_tells_what_would_come_and_nothing_runs(filled):
    answer = await filled.stage.client.head(
        "/export", headers=filled.person.bearer, params={"scale": "1H", "format": "parquet"}
    )
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="emporia-1H.parquet"'
    assert filled.stage.container.exports_at_once().running == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "Missing required query parameters."),
        ({"scale": "1H", "format": "xml"}, "format: 'xml' is not known; allowed are csv, parquet."),
        ({"scale": "2H"}, "scale: '2H' is not known; allowed are "),
        ({"scale": "1H", "series": "1001"}, "series: '1001' is no series; write "),
        ({"scale": "1H", "series": "9:1"}, "series: device 9 not found in the linked "),
        ({"scale": "1H", "series": "1001:99"}, "series: device 1001 has no series '99'; "),
        ({"scale": "1H", "start": "soon"}, "Invalid date format for start or end."),
        (
            {"scale": "1H", "start": "2025-03-02", "end": "2025-03-01"},
            "start: must be before end.",
        ),
    ],
)
async def test_what_can_not_be_exported_is_named(filled, query, sentence):
    answer = await filled.stage.get("/export", filled.person, **query)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(sentence)


async def test_a_key_needs_the_scope_and_a_limited_one_gets_no_more_than_it_may_see(filled):
    stage = filled.stage

    async def with_key(body: dict[str, Any], **query: str) -> Any:
        made = await stage.client.post("/me/keys", headers=filled.person.bearer, json=body)
        headers = {"Authorization": f"Bearer {made.json()['secret']}"}
        return await stage.client.get("/export", headers=headers, params={"scale": "1D", **query})

    assert (await with_key({**KEY, "scopes": ["read", "stream"]})).status_code == 403
    circuit = {**KEY, "channels": [{"deviceGid": 1001, "channel": "1"}]}
    lines = (await with_key(circuit)).text.splitlines()[1:]
    assert lines
    assert all(line.startswith("1001,") and ",1,Fridge," in line for line in lines)
    assert (await with_key(circuit, series="1001:2")).status_code == 400
    assert (await with_key(circuit, series="1002:1,2,3")).status_code == 400


async def test_emporia_is_asked_for_nothing_that_was_measured(filled):
    before = (await filled.stage.requests())["total"]
    await filled.rows()
    assert (await filled.stage.requests())["total"] == before
