"""How property tests run among the unit tests: few examples, the same ones each time."""

from hypothesis import settings

settings.register_profile("unit", max_examples=15, deadline=None, derandomize=True, database=None)
settings.load_profile("unit")
