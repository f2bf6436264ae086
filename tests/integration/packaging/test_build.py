"""The dashboard is built when something changed, and it is in every wheel."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from web.build import BuildFailed, build, install

PROJECT = Path(__file__).parents[3]
PACKED = ("src", "web")
BESIDE = (".gitignore", "LICENSE", "README.md", "pyproject.toml")
PAGE = "src/entrypoints/web/index.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh checkout, but for the packages from npm: those are the ones installed here."""
    install(PROJECT / "web", with_tools=True)
    copy = tmp_path / "project"
    left_out = shutil.ignore_patterns("node_modules", ".built", "__pycache__")
    for folder in PACKED:
        shutil.copytree(PROJECT / folder, copy / folder, ignore=left_out)
    for file in BESIDE:
        shutil.copy(PROJECT / file, copy)
    shutil.rmtree(copy / "src/entrypoints/web", ignore_errors=True)
    (copy / "web/node_modules").symlink_to(PROJECT / "web/node_modules")
    return copy


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_second_build_leaves_the_first_as_it_is(project):
    build(project)
    first = (project / PAGE).stat().st_mtime_ns
    build(project)

    assert (project / PAGE).stat().st_mtime_ns == first


def test_a_changed_source_comes_under_a_new_name(project):
    build(project)
    before = names(project / "src/entrypoints/web")
    main = project / "web/src/main.tsx"
    main.write_text(f"{main.read_text()}document.title = 'changed';\n")
    build(project)
    after = names(project / "src/entrypoints/web")

    assert len(after) == len(before)
    assert after != before


def test_a_page_that_was_removed_is_built_again(project):
    build(project)
    (project / PAGE).unlink()
    build(project)

    assert (project / PAGE).exists()


def test_what_cannot_be_built_is_tried_again_the_next_time(project):
    main = project / "web/src/main.tsx"
    good = main.read_text()
    build(project)
    main.write_text("import './missing.ts';")

    with pytest.raises(BuildFailed, match=r"^The dashboard can't be built: Vite refused"):
        build(project)
    with pytest.raises(BuildFailed):
        build(project)
    main.write_text(good)
    build(project)


def test_a_wheel_holds_the_page_and_all_that_was_built_with_it(project, tmp_path):
    subprocess.run(  # noqa: S603  # our own backend on our own copy
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=project,
        check=True,
    )

    [wheel] = tmp_path.glob("*.whl")
    packed = set(ZipFile(wheel).namelist())
    built = {f"entrypoints/web/{name}" for name in names(project / "src/entrypoints/web")}
    assert {f"entrypoints/web/index.html{suffix}" for suffix in ("", ".br", ".gz")} <= built
    assert built <= packed
    assert not any("node_modules" in name for name in packed)
