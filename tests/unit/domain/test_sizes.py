import pytest

from domain.sizes import told_size


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (254_000_000, "254.0 MB"),
        (2 * 10**15, "2000.0 TB"),
    ],
)
def test_a_size_is_told_in_the_unit_that_fits(count: int, told: str) -> None:
    assert told_size(count) == told
