"""The browser that is named is taken before the one that happens to be installed."""

import subprocess
import sys

import pytest

from web import chromium
from web.chromium import NoChromium, find_chromium


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """The only folder that programs are looked for in; nothing is named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


@pytest.fixture
def put(programs):
    """Puts a program there."""

    def put_one(name):
        program = programs / name
        program.touch(mode=0o755)
        return str(program)

    return put_one


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_the_systems_own_is_found_under_any_of_its_names(put, name):
    program = put(name)

    assert find_chromium() == program


def test_the_one_that_is_named_goes_first(put, monkeypatch):
    put("chromium")
    named = put("another")
    monkeypatch.setenv("CHROMIUM", named)

    assert find_chromium() == named


@pytest.mark.usefixtures("programs")
def test_a_name_that_leads_nowhere_is_told(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(NoChromium, match=r"^CHROMIUM: '/nowhere/chromium' is not a program\.$"):
        find_chromium()


@pytest.mark.usefixtures("programs")
def test_where_there_is_none_playwright_looks_for_its_own():
    assert find_chromium() is None


def test_nothing_is_installed_where_there_is_one(put):
    put("chromium")

    run = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, chromium.__file__], capture_output=True, text=True, check=True
    )

    assert (run.stdout, run.stderr) == ("", "")


@pytest.mark.usefixtures("programs")
def test_a_wrong_name_stops_the_program_with_a_sentence(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    run = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, chromium.__file__], capture_output=True, text=True, check=False
    )

    assert run.returncode == 1
    assert run.stderr == "CHROMIUM: '/nowhere/chromium' is not a program.\n"
