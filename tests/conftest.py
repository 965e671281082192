"""What every test may ask for."""

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from toolkit.review import Review

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "tiny"


LONGEST_SLOW = (
    *("test_added_later.py", "test_story.py", "test_reviews.py", "test_demonstration.py"),
    *("test_ten_facts.py", "test_draft.py"),
)
LONGEST_FAST = (
    *("test_hostile.py", "test_damaged_files.py", "test_review_run.py", "test_codes_not_words.py", "test_execute.py"),
    *("test_examples.py", "test_illustrative.py", "test_properties.py", "test_revisions.py", "test_policy.py"),
)
"""The files of the slow and of the fast tests that take longest begin first: no process is left alone at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first."""

    def place(item: pytest.Item) -> int:
        longest = LONGEST_SLOW if item.get_closest_marker("slow") else LONGEST_FAST
        return longest.index(item.path.name) if item.path.name in longest else len(LONGEST_SLOW + LONGEST_FAST)

    items.sort(key=place)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny project: three authorities, four measures, one survey; a test may spoil it."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session")
def opened() -> "Callable[..., Review]":
    """The demonstration's review of a year, opened once for each process of a test run: ``opened(2020, "internal")``.

    Its frames are shared: a test that needs others takes a copy.
    """
    from toolkit.review import open_review

    @cache
    def open_once(year: int, profile: str) -> "Review":
        return open_review(ROOT, year, profile)

    return lambda year, profile="public": open_once(year, profile)


@pytest.fixture
def until_2020(tmp_path: Path) -> Path:
    """A copy of the demonstration before its next strategy: without it, the review of 2021 and the data of then."""
    project = tmp_path / "until_2020"
    later = shutil.ignore_patterns("2021", "2021-2024", "*_2021.*", "*_2021-04.csv", "__pycache__")
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, project / folder, ignore=later)
    for described in (project / "data" / "local").glob("*/source.yaml"):
        lines = described.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.strip().startswith('- {edition: "2021')]
        described.write_text("".join(kept), encoding="utf-8", newline="\n")
    return project


@cache
def loopback_only() -> tuple[str, ...]:
    """The beginning of a command that runs with no network but loopback; () where the system cannot do so."""
    command = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    if not (shutil.which("unshare") and shutil.which("ip")):
        return ()
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else ()


def reviewed(project: Path, year: int) -> None:
    """Run the review of ``project`` in a process of its own, without a network if possible; it must be complete."""
    command = [*loopback_only(), sys.executable, "-m", "toolkit", "run", str(year), "--project", str(project)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that ``make`` fills, one for all the processes of a test run: the first makes it, the others wait."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    made = folder.with_suffix(".made")
    with FileLock(folder.with_suffix(".lock")):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration after ``run 2019``, made once; a test that changes it makes a copy of its own."""

    def make(project: Path) -> None:
        for folder in ("params", "data"):
            shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
        reviewed(project, 2019)

    return made_once(tmp_path_factory, "demonstration", make)


@pytest.fixture(scope="session")
def example_2025(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/leicestershire_2025 filled with the publishers' files and run, made once; skips without the files."""
    files = ROOT.parent / "shared" / "data"
    if not files.is_dir():
        pytest.skip("../shared is absent: the publishers' files of 2025 are read from it")
    example = ROOT / "examples" / "leicestershire_2025"

    def make(project: Path) -> None:
        shutil.copytree(example, project)
        runpy.run_path(str(example / "fill.py"))["fill"](project, files)
        reviewed(project, 2025)

    return made_once(tmp_path_factory, "example_2025", make)
