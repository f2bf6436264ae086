"""Statements over HTTP, as JSON and as a table, of hours that the archive holds."""

import csv
import io

import pytest

JUNE = {"home": "1000", "month": "2025-06", "series": "1000:1"}


async def _statement(home, **query):
    answer = await home.get("/costs/statement", **JUNE | query)
    assert answer.status_code == 200, answer.text
    return answer


async def test_a_circuit_owes_a_quarter_of_every_line(home):
    """720 kWh at 0.20, one kilowatt at 5, and 9 fixed; the oven took a quarter all the time."""
    told = (await _statement(home)).json()
    assert told["period"] == {
        "first": "2025-06-01",
        "last": "2025-06-30",
        "start": "2025-06-01T04:00:00Z",
        "end": "2025-07-01T04:00:00Z",
        "zone": "America/New_York",
        "isOver": True,
    }
    assert (told["currency"], told["total"], told["kwh"]) == ("USD", "39.50", 180.0)
    assert (told["coverage"], told["netted"]) == (1.0, 0.0)
    assert [(line["name"], line["kind"], line["amount"]) for line in told["lines"]] == [
        ("Energy", "energy", "36.00"),
        ("Demand", "demand", "1.25"),
        ("Customer charge", "fixed", "2.25"),
    ]
    (circuit,) = told["circuits"]
    assert (circuit["deviceGid"], circuit["channel"], circuit["name"]) == (1000, "1", "Oven")
    assert (circuit["kwh"], circuit["amount"], circuit["coverage"]) == (180.0, "39.50", 1.0)
    assert [line["amount"] for line in circuit["lines"]] == ["36.00", "1.25", "2.25"]
    assert told["home"] == {"deviceGid": 1000, "name": "Home", "kwh": 720.0, "amount": "158.00"}


async def test_it_is_what_the_costs_tell_of_the_circuit(home):
    costs = await home.get(
        "/costs",
        home="1000",
        start="2025-06-01T04:00:00Z",
        end="2025-07-01T04:00:00Z",
        split="circuit",
    )
    (row,) = costs.json()["rows"]
    (circuit,) = (await _statement(home)).json()["circuits"]
    assert row["circuits"][0]["amount"] == circuit["amount"]
    assert row["circuits"][0]["kwh"] == circuit["kwh"]


@pytest.mark.parametrize(
    ("query", "accept"), [({"format": "csv"}, "*/*"), ({}, "text/csv, application/json;q=0.5")]
)
async def test_the_same_comes_as_a_table(home, query, accept):
    answer = await home.gateway.client.get(
        "/costs/statement", params=JUNE | query, headers={**home.headers, "Accept": accept}
    )
    assert answer.headers["Content-Type"] == "text/csv; header=present; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="statement-2025-06-01-to-2025-06-30.csv"'
    )
    assert "Accept" in answer.headers["Vary"]
    head, *rows = csv.reader(io.StringIO(answer.text, newline=""))
    assert head == [
        *("first_day", "last_day", "device_gid", "channel", "circuit", "coverage", "kwh"),
        *("Energy", "Demand", "Customer charge", "amount", "currency"),
    ]
    days = ["2025-06-01", "2025-06-30"]
    owed = ["36.00", "1.25", "2.25", "39.50", "USD"]
    assert rows == [
        [*days, "1000", "1", "Oven", "1.0", "180.0", *owed],
        [*days, "", "", "Total", "1.0", "180.0", *owed],
    ]


async def test_json_goes_on_being_json_for_whoever_likes_it_better(home):
    answer = await home.gateway.client.get(
        "/costs/statement",
        params={**JUNE, "format": "json"},
        headers={**home.headers, "Accept": "text/csv"},
    )
    assert answer.headers["Content-Type"] == "application/json"


async def test_days_are_the_homes_own(home):
    told = (
        await home.get(
            "/costs/statement", home="1000", series="1000:1", start="2025-06-10", end="2025-06-20"
        )
    ).json()
    assert told["period"]["start"] == "2025-06-10T04:00:00Z"
    assert told["period"]["last"] == "2025-06-19"
    assert [line["amount"] for line in told["lines"]] == ["12.00", "0.00", "0.75"]


async def test_time_before_the_first_rates_has_no_price(home):
    told = (await _statement(home, month="2024-11")).json()
    assert (told["total"], told["lines"], told["circuits"][0]["amount"]) == (None, [], None)
    table = (await _statement(home, month="2024-11", format="csv")).text
    assert table.endswith("2024-11-01,2024-11-30,,,Total,0.0,0.0,,USD\r\n")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"home": "7"}, "home: name a home by its panel's gid, one of 1000 (Home)."),
        ({"month": "June"}, "month: 'June' is no month"),
        ({"start": "2025-06-01"}, "not both"),
        ({"month": "2999-01"}, "has not begun yet"),
        ({"series": "1000:1,2,3"}, "is no circuit of this home's panels"),
        ({"series": "1000:77"}, "device 1000 has no circuit '77'"),
        ({"series": "77:1"}, "77 not found in the linked Emporia account"),
        ({"series": "oven"}, "series: 'oven' is no series"),
        ({"series": ""}, "series"),
        ({"format": "pdf"}, "format: 'pdf' is not known; allowed are json, csv."),
    ],
)
async def test_what_is_wrong_with_a_question_is_told(home, query, sentence):
    answer = await home.get("/costs/statement", **JUNE | query)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


async def test_what_is_missing_is_told(home):
    answer = await home.get("/costs/statement", home="1000", month="2025-06")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("series, such as 1001:1, and month")


async def test_a_series_is_told_once(home):
    answer = await home.gateway.client.get(
        "/costs/statement",
        params=[("month", "2025-06"), ("series", "1000:1"), ("series", "1000:1")],
        headers=home.headers,
    )
    assert answer.json()["error"] == "series: one is named twice; name each once."


async def test_a_home_without_a_tariff_is_told_so(home):
    (kept,) = (await home.get("/me/tariffs")).json()["tariffs"]
    await home.gateway.client.delete(f"/me/tariffs/{kept['id']}", headers=home.headers)
    answer = await home.get("/costs/statement", **JUNE)
    assert answer.status_code == 404
    assert "No tariff is for this home" in answer.json()["error"]
