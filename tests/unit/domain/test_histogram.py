"""Values are counted within the first bound that they do not exceed."""

from domain.histogram import Histogram


def test_values_fall_within_their_bounds_and_above_the_last() -> None:
    histogram = Histogram((1.0, 2.0))
    for value in (0.0, 1.0, 1.5, 2.5, 100.0):
        histogram.add(value)

    assert histogram.counts == [2, 1, 2]
    assert histogram.total == 105.0
