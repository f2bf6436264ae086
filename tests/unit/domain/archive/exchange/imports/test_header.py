"""The first line of a file."""

import pytest

from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.header import MOST_COLUMNS, Unit, read_header

TIME = "Time Bucket (America/New_York)"


def test_columns_are_read_with_their_units():
    header = read_header([TIME, " Home-Mains_A (kWatts)", "Home-Hot (tub)-Spa (kWhs) ", "Cost ($)"])
    assert str(header.zone) == "America/New_York"
    assert [(each.place, each.name, each.unit) for each in header.columns] == [
        (1, "Home-Mains_A", Unit.KILOWATTS),
        (2, "Home-Hot (tub)-Spa", Unit.KILOWATT_HOURS),
    ]
    assert header.strange == ("Cost ($)",)
    assert header.cells == 4


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("kWatts", Unit.KILOWATTS),
        ("kW", Unit.KILOWATTS),
        ("KWH", Unit.KILOWATT_HOURS),
        ("kWhs", Unit.KILOWATT_HOURS),
    ],
)
def test_units_are_known_in_full_and_short(text, unit):
    (column,) = read_header([TIME, f"A ({text})"]).columns
    assert column.unit is unit


def test_power_is_energy_by_the_width_of_a_bucket():
    assert Unit.KILOWATTS.kwh_of(900) == 0.25
    assert Unit.KILOWATT_HOURS.kwh_of(900) == 1.0


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ([], "the first column has to be 'Time Bucket"),
        (["Date", "Home-Mains_A (kWatts)"], "the first column has to be 'Time Bucket"),
        ([TIME], "from 1 to 200 columns"),
        ([TIME, *(f"{number} (kWatts)" for number in range(MOST_COLUMNS + 1))], "from 1 to 200"),
        ([TIME, "x" * 201], "column 2 has a name of over 200"),
        ([TIME, "A (kWatts)", "A (kWatts)"], "two columns are called 'A"),
        (["Time Bucket (Mars/Olympus)", "A (kWatts)"], "'Mars/Olympus' is no time zone"),
        (["Time Bucket (../../etc/passwd)", "A (kWatts)"], "is no time zone"),
        (["Time Bucket ()", "A (kWatts)"], "'' is no time zone"),
        (["Time Bucket (America)", "A (kWatts)"], "'America' is no time zone"),
    ],
)
def test_what_is_no_first_line_is_refused_as_line_one(cells, sentence):
    with pytest.raises(ImportRefused) as refusal:
        read_header(cells)
    assert refusal.value.line == 1
    assert sentence in refusal.value.reason
