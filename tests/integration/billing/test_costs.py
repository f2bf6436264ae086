"""Costs over HTTP, of hours that the archive holds."""

from decimal import Decimal

import pytest

JUNE = {"home": "1000", "start": "2025-06-01T04:00:00Z", "end": "2025-07-01T04:00:00Z"}


async def _costs(home, **query):
    answer = await home.get("/costs", **JUNE | query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_bill_is_told_by_line(home):
    """720 kWh at 0.20, one kilowatt at 5, and 9 fixed."""
    told = await _costs(home, split="line")
    assert (told["currency"], told["total"], told["coverage"]) == ("USD", "158.00", 1.0)
    (row,) = told["rows"]
    assert (row["start"], row["end"]) == (JUNE["start"], JUNE["end"])
    assert [(line["name"], line["amount"]) for line in row["lines"]] == [
        ("Energy", "144.00"),
        ("Demand", "5.00"),
        ("Customer charge", "9.00"),
    ]
    assert row["lines"][0]["quantity"] == "720.000000"
    assert row["peak"] == {"kilowatts": 1.0, "at": "2025-06-01T04:00:00Z"}
    assert told["netted"] == 0.0
    assert told["forecast"] is None


async def test_a_bill_is_told_by_circuit(home):
    told = await _costs(home, split="circuit")
    (row,) = told["rows"]
    assert [(each["deviceGid"], each["channel"], each["amount"]) for each in row["circuits"]] == [
        (1000, "1", "39.50"),
        (None, None, "118.50"),
    ]
    assert [each["coverage"] for each in row["circuits"]] == [1.0, 1.0]


async def test_a_circuit_that_nothing_is_known_of_costs_null(home):
    """The archive begins later: the mains have rates there, but no hours."""
    told = await _costs(
        home, split="circuit", start="2025-01-01T05:00:00Z", end="2025-02-01T05:00:00Z"
    )
    circuit, rest = told["rows"][0]["circuits"]
    assert circuit == {
        "deviceGid": 1000,
        "channel": "1",
        "amount": None,
        "kwh": None,
        "coverage": 0.0,
    }
    assert (rest["kwh"], rest["coverage"]) == (0.0, 0.0)


@pytest.mark.parametrize(("by", "count"), [("day", 30), ("month", 1)])
async def test_rows_of_other_widths_add_up_to_the_total(home, by, count):
    told = await _costs(home, by=by, split="line")
    assert len(told["rows"]) == count
    assert sum(Decimal(row["amount"]) for row in told["rows"]) == Decimal(told["total"])
    assert abs(Decimal(told["total"]) - 158) < Decimal("0.001")
    for row in told["rows"]:
        assert sum(Decimal(line["amount"]) for line in row["lines"]) == Decimal(row["amount"])


async def test_hours_of_a_day_are_told(home):
    told = await _costs(home, by="hour", end="2025-06-02T04:00:00Z")
    assert len(told["rows"]) == 24
    assert told["rows"][5]["amount"] == "0.212500"


async def test_time_before_the_first_rates_has_no_price(home):
    told = await _costs(home, start="2024-11-01T04:00:00Z", end="2024-12-01T05:00:00Z")
    assert [row["amount"] for row in told["rows"]] == [None]
    assert (told["total"], told["coverage"]) == ("0.00", 0.0)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"home": "7"}, "home: name a home by its panel's gid, one of 1000 (Home)."),
        ({"home": "x"}, "home: 'x' is not a gid"),
        ({"by": "week"}, "by: 'week' is not known; allowed are hour, day, month, bill."),
        ({"split": "phase"}, "split: 'phase' is not known"),
        ({"by": "hour", "end": "2025-07-20"}, "end: ask for 32 days at most by hour."),
        ({"end": "2025-05-20"}, "start: must be before end."),
        ({"start": ""}, "start and end are required"),
    ],
)
async def test_what_is_wrong_with_a_question_is_told(home, query, sentence):
    answer = await home.get("/costs", **JUNE | query)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


async def test_a_home_without_a_tariff_is_told_so(home):
    (kept,) = (await home.get("/me/tariffs")).json()["tariffs"]
    path = f"/me/tariffs/{kept['id']}"
    await home.gateway.client.delete(path, headers=home.headers)
    answer = await home.get("/costs", **JUNE)
    assert answer.status_code == 404
    assert "No tariff is for this home" in answer.json()["error"]
