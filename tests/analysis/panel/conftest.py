"""Simulated panels with fixed seeds, and the published ones from the pack."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))


@pytest.fixture(scope="session")
def published():
    """Panels of the published files by name; skipped where they are absent."""
    national = pytest.importorskip("national_panels")
    return national.national_panels()


sys.path.insert(0, str(Path(__file__).parent))
