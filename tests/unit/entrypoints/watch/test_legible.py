"""Names from elsewhere do nothing to a terminal, and are seen for what they are."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from entrypoints.watch.client import Sample, Trouble
from entrypoints.watch.home import KnownHome
from entrypoints.watch.legible import legible
from entrypoints.watch.picture import save_svg
from entrypoints.watch.screen import Screen

EVIL = "Heat\x1b[2J\x07\x9b31m\u202epump\n\r\x7f\u2028\ud800\uffff"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Fridge", "Fridge"),
        ("Kühlschrank 冷蔵庫 🔌", "Kühlschrank 冷蔵庫 🔌"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\nb\tc\x00", "a␊b␉c␀"),
        ("a\x7f", "a␡"),
        ("a\x9bb", "a\ufffdb"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("a\u2028b\u2029", "a\ufffdb\ufffd"),
        ("a\ud800\uffff", "a\ufffd\ufffd"),
    ],
)
def test_what_would_do_something_is_shown_instead(text: str, shown: str) -> None:
    assert legible(text) == shown


@pytest.fixture
def screen(usages) -> Screen:
    """A screen with evil names on it: a device's and a circuit's."""
    screen = Screen("http://g.example")
    screen.home = KnownHome(names={10: EVIL})
    usages["devices"][1]["channelUsages"][3]["name"] = EVIL
    screen.take(Sample(usages, is_stale=False))
    return screen


def test_no_name_reaches_a_terminal_as_a_command(screen: Screen) -> None:
    console = Console(width=200, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(screen)

    drawn = captured.get()
    assert drawn.count("Heat␛[2J␇") == 2
    assert [c for c in drawn if not c.isprintable() and c != "\n"] == []


def test_no_name_breaks_a_picture(screen: Screen, tmp_path: Path) -> None:
    save_svg(screen, tmp_path / "home.svg", title="watch")

    drawing = (tmp_path / "home.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(drawing).tag.endswith("svg")  # noqa: S314  # our own
    assert [c for c in drawing if not c.isprintable() and c not in "\n\xa0"] == []


def test_news_is_a_sample_that_was_not_there_before_or_trouble(usages) -> None:
    screen = Screen("http://g.example")
    sample = Sample(usages, is_stale=False)

    assert [screen.take(event) for event in (sample, sample, Trouble("down"))] == [
        True,
        False,
        True,
    ]
