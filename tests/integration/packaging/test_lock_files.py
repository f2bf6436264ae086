"""The lock files pin everything, and name no host to download it from."""

import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
PYTHON_LOCKS = sorted(PROJECT.glob("requirements/*.txt"))
NODE_LOCKS = [
    PROJECT / "web/package-lock.json",
    PROJECT / "benchmarks/peers/package-lock.json",
    PROJECT / "tests/integration/openid/provider/package-lock.json",
]


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_a_lock_of_python_packages_holds_versions_and_hashes_alone(lock):
    lines = lock.read_text().splitlines()

    forms = r"[\w.-]+(\[[\w,-]+\])?==\S+( ; .+)? \\| {4}--hash=sha256:[0-9a-f]{64}( \\)?"
    assert [line for line in lines if not re.fullmatch(forms, line)] == []


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=lambda lock: lock.parent.name)
def test_a_lock_of_node_packages_holds_versions_and_hashes_and_no_address(lock):
    packages = json.loads(lock.read_text())["packages"]

    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if "integrity" not in package] == []


def test_the_dashboard_names_exact_versions():
    package = json.loads((PROJECT / "web/package.json").read_text())

    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
