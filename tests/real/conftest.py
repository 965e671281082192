"""The example on whole published files, filled from the folder beside the checkout that holds them."""

import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit.params import Project, load_project, load_review
from toolkit.sources import items_of, load_sources, read_observations

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "leicestershire_2025"
SHARED = ROOT.parent / "shared"
YEAR = 2025


def _needs(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"../shared is absent: {path.relative_to(ROOT.parent).as_posix()} is not kept in the project")
    return path


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with every publisher's file in its place."""
    files = _needs(SHARED / "data")
    project = tmp_path_factory.mktemp("real") / "example"
    filled_by_hand = shutil.ignore_patterns("*.parquet", "*.xlsx", "outputs")
    shutil.copytree(EXAMPLE, project, ignore=filled_by_hand)
    runpy.run_path(str(EXAMPLE / "fill.py"))["fill"](project, files)
    return project


@pytest.fixture(scope="session")
def project(filled: Path) -> Project:
    """The params of the filled example."""
    return load_project(filled)


@pytest.fixture(scope="session")
def observed(project: Project) -> pd.DataFrame:
    """Every item that the sources declare, public by the review's cut-off."""
    cut_off = load_review(project, YEAR).cut_off
    sources = load_sources(project.folder)
    wanted = {name: items_of(project.folder, source, cut_off) for name, source in sources.items()}
    return read_observations(project.folder, sources, wanted, cut_off, authority=project.strategy.authority)


@pytest.fixture(scope="session")
def shared_file() -> Callable[[str], Path]:
    """Finds a file beside the checkout by its path there; the test is skipped where it is absent."""
    return lambda path: _needs(SHARED / path)
