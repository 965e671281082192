"""What every test may ask for."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "tiny"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny project: three authorities, four measures, one survey; a test may spoil it."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))
