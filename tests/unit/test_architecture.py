import re
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


RAW_NAMES = re.compile(
    r"\b(deviceListUsages|channelUsages|nestedDevices|deviceGid|channelNum|channelTypeGid|usageList"
    r"|firstUsageInstant|parentDeviceGid|parentChannelNum|primaryVueGid|combinedVue"
    r"|manufacturerDeviceId|locationProperties|latitudeLongitude|breakerPIN|customerGid)\b"
)
"""Emporia's names of fields, as its JSON spells them."""

KNOWS_RAW_NAMES = (
    "adapters/emporia/",  # translates
    "adapters/emporia_simulator/",  # is Emporia
    "adapters/fake/emporia/emporia_gateway.py",  # stands in for it
    "adapters/fake/live/frame_encoder.py",  # writes frames, as the next does
    "adapters/json/frame_encoder.py",
    "entrypoints/http/",  # describes what clients read
    "entrypoints/watch/",  # is a client
)


def test_emporias_field_names_are_known_at_the_edges_alone() -> None:
    knowing = {
        file.relative_to(SOURCE).as_posix(): found.group()
        for file in SOURCE.rglob("*.py")
        if (found := RAW_NAMES.search(file.read_text(encoding="utf-8")))
    }
    assert {
        file: name for file, name in knowing.items() if not file.startswith(KNOWS_RAW_NAMES)
    } == {}
