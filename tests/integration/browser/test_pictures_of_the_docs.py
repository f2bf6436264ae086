"""The command that takes the pictures of the documentation takes none without figures."""

from datetime import UTC, datetime

import pytest

from docs import dashboard_pictures, watch
from docs.demo import EmptyPicture
from entrypoints.composition import SimulatorOptions
from tests.integration.browser.acts import start_watching

LONG_AGO = SimulatorOptions(start=datetime(2025, 7, 8, 16, 30, tzinfo=UTC))
"""The homes live more than a year before the gateway does: of its today they know nothing."""

TEXT = '<text x="1">{}</text>'


@pytest.fixture
def camera(browser, tmp_path):
    return dashboard_pictures.Camera(
        browser=browser, url="", now=datetime.now(UTC), folder=tmp_path
    )


async def test_a_picture_with_figures_is_saved(page, stage, camera):
    """Of a view that has figures at any hour, also before a day has any."""
    await start_watching(page, await stage.linked())
    await page.evaluate("location.hash = '#/home'")
    await camera.take(page, "home", "home-desk")

    assert [file.name for file in camera.folder.glob("*.png")] == ["home-desk.png"]


async def test_a_picture_without_figures_is_named_and_not_saved(
    stages, open_page, camera, monkeypatch
):
    monkeypatch.setattr(dashboard_pictures, "PATIENCE_MILLISECONDS", 2_000)
    async with stages(simulator=LONG_AGO) as stage, await open_page(stage.url) as page:
        await start_watching(page, await stage.linked())
        await page.evaluate("location.hash = '#/history'")

        with pytest.raises(EmptyPicture, match=r"^history-desk\.png shows no figures: .*no data"):
            await camera.take(page, "history", "history-desk")
    assert list(camera.folder.glob("*.png")) == []


def test_the_command_fails_in_a_sentence(tmp_path, monkeypatch):
    async def take_all(folder):
        raise EmptyPicture(f"{folder.name} shows no figures: nothing is there.")

    monkeypatch.setattr(dashboard_pictures, "take_all", take_all)

    with pytest.raises(SystemExit) as end:
        dashboard_pictures.main(tmp_path / "history-desk.png")
    assert end.value.code == "history-desk.png shows no figures: nothing is there."


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        (["Home", "3,012&#160;W", "Fridge", "138"], None),
        (["Home", "\N{EM DASH}&#160;W", "Fridge", "138"], "the home has no watts"),
        (["Home", "3,012&#160;W", "Fridge", "\N{EM DASH}"], "no circuit has watts"),
    ],
)
def test_the_picture_of_the_terminal_is_looked_at_too(cells, missing):
    svg = "".join(TEXT.format(cell) for cell in cells)
    if missing is None:
        watch.check(svg, "watch.svg")
        return
    with pytest.raises(EmptyPicture, match=f"^watch.svg shows no figures: {missing}"):
        watch.check(svg, "watch.svg")
