"""What every test may ask for."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "tiny"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny project: three authorities, four measures, one survey; a test may spoil it."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def reviewed(project: Path, year: int) -> Path:
    """``project`` after ``annual-review run``, in a process of its own."""
    command = [sys.executable, "-m", "toolkit", "run", str(year), "--project", str(project), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration after ``run 2019``, made once; a test that changes it makes a copy of its own."""
    project = tmp_path_factory.mktemp("demonstration")
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return reviewed(project, 2019)


@pytest.fixture(scope="session")
def example_2025(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/leicestershire_2025 filled with the publishers' files and run, made once; skips without the files."""
    files = ROOT.parent / "shared" / "data"
    if not files.is_dir():
        pytest.skip("../shared is absent: the publishers' files of 2025 are read from it")
    example = ROOT / "examples" / "leicestershire_2025"
    project = Path(shutil.copytree(example, tmp_path_factory.mktemp("example") / "2025"))
    runpy.run_path(str(example / "fill.py"))["fill"](project, files)
    return reviewed(project, 2025)
