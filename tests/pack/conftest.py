"""The pack and the script that makes it."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FILES = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def pack() -> Path:
    """The pack as it is kept in the project."""
    return ROOT / "pack" / "annual_review_pack"


@pytest.fixture(scope="session")
def publisher_files() -> Path:
    """The publisher's files; the test is skipped where they are absent."""
    if not FILES.is_dir():
        pytest.skip("../shared is absent: the publishers' own files are not kept in the project")
    return FILES


@pytest.fixture(scope="session")
def script() -> Any:
    """``pack/compile.py`` as a module."""
    spec = importlib.util.spec_from_file_location("compile_the_pack", ROOT / "pack" / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
