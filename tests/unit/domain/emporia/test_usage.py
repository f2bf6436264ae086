import pytest

from domain.emporia.usage import EnergyUnit, Scale, mean_watts
from domain.errors import InvalidInput


@pytest.mark.parametrize("scale", Scale)
def test_a_scale_is_read_in_emporias_spelling(scale: Scale) -> None:
    assert Scale.parse(scale.value) is scale


@pytest.mark.parametrize("unit", EnergyUnit)
def test_a_unit_is_read_in_emporias_spelling(unit: EnergyUnit) -> None:
    assert EnergyUnit.parse(unit.value) is unit


def test_case_matters_and_the_refusal_names_what_is_allowed() -> None:
    with pytest.raises(InvalidInput, match=r"^scale: '1min' is not known; allowed are 1S, 1MIN,"):
        Scale.parse("1min")
    with pytest.raises(InvalidInput, match=r"^energyUnit: 'kilowatthours'"):
        EnergyUnit.parse("kilowatthours")


@pytest.mark.parametrize(
    ("seconds", "watts"), [(1, 3_600_000), (60, 60_000), (900, 4_000), (3_600, 1_000)]
)
def test_one_kwh_in_a_bucket_is_so_many_watts(seconds: int, watts: float) -> None:
    assert mean_watts(1.0, seconds=seconds) == watts


def test_no_data_is_not_zero_watts() -> None:
    assert mean_watts(None, seconds=60) is None
    assert mean_watts(0.0, seconds=60) == 0.0


def test_a_bucket_is_a_power_at_a_second_and_a_minute_in_kwh_alone() -> None:
    widths = {
        (scale, unit): seconds
        for scale in Scale
        for unit in EnergyUnit
        if (seconds := scale.power_seconds(unit)) is not None
    }
    kwh = EnergyUnit.KILOWATT_HOURS
    assert widths == {(Scale.SECOND, kwh): 1, (Scale.MINUTE, kwh): 60}
