"""What the documentation says about files and settings is so."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.billing.utility.compare import Reason
from entrypoints.secret_files import FILES
from entrypoints.settings import Settings, setting_name

ROOT = Path(__file__).parents[3]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs/asyncapi.yaml",
    *sorted(ROOT.glob("docs/**/*.md")),
]
SETTINGS = {setting_name(name): field.default for name, field in Settings.model_fields.items()}
OTHER_NAMES = {
    "COLD_PROGRAM": "a name in the tests",
    "OF_ERRORS": "a name in the code",
    "OF_HTTP": "a name in the code",
    "EMPORIA_API_PASSWORD": "what commands take a password from",
    "ALL_PROXY": "what other programs read",
}
EXAMPLES = {
    "src/application/emporia/rename_device.py",
    "tests/unit/application/emporia/test_rename_device.py",
}
"""Files that a guide has somebody write."""

SOURCES = [
    file.relative_to(ROOT).as_posix()
    for pattern in ("benchmarks/**/*", "docs/*", "src/**/*", "tests/**/*", "web/*", "web/src/**/*")
    for file in ROOT.glob(pattern)
    if file.suffix in {".py", ".ts", ".tsx"}
]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def links(page: Path) -> list[str]:
    """The relative links of a page, without their anchors."""
    targets = re.findall(r"\]\(([^)]+)\)", page.read_text())
    return [target.partition("#")[0] for target in targets if "://" not in target]


def rows_with_defaults(page: Path) -> Iterator[tuple[str, str]]:
    """Each setting that a table gives the default of, and that default."""
    columns: list[str] = []
    for line in page.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            columns = []
        elif not columns:
            columns = cells
        elif {"setting", "default"} <= set(columns) and "---" not in cells[0]:
            row = dict(zip(columns, cells, strict=True))
            names = re.findall(r"`([^`]+)`", row["setting"])
            values = re.findall(r"[^`, ]+(?:,\d{3})*", row["default"])
            yield from zip(names, (value.replace(",", "") for value in values), strict=True)


@every_page
def test_every_relative_link_leads_to_a_file(page):
    missing = [link for link in links(page) if link and not (page.parent / link).exists()]

    assert missing == []


@every_page
def test_every_source_that_is_named_exists(page):
    named = set(re.findall(r"`([\w./-]+\.(?:py|tsx?))`", page.read_text())) - EXAMPLES
    missing = [name for name in named if not any(f"/{it}".endswith(f"/{name}") for it in SOURCES)]

    assert missing == []


def test_every_finding_beside_the_utilitys_readings_is_explained():
    page = (ROOT / "docs/billing.md").read_text()
    explained = {
        name
        for line in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", line)
    }

    assert set(Reason) <= explained


@every_page
def test_every_setting_that_is_named_exists(page):
    named = re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", page.read_text())

    assert set(named) <= {*SETTINGS, *FILES, *OTHER_NAMES}


@every_page
def test_defaults_in_tables_are_the_defaults(page):
    told = dict(rows_with_defaults(page))

    assert told == {name: str(SETTINGS[name] or "generated") for name in told}


def test_tables_with_defaults_are_found():
    told = {name for page in PAGES for name, _ in rows_with_defaults(page)}

    assert {"HOST", "EMPORIA_DAILY_REQUESTS", "BODY_LIMIT_BYTES"} <= told
