from importlib.util import find_spec
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"


@pytest.mark.parametrize("package", ["domain", "application", "adapters", "entrypoints"])
def test_each_package_is_ours_and_not_one_of_the_same_name(package: str) -> None:
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    assert Path(found.origin).is_relative_to(SOURCE)
