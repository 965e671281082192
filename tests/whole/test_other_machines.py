"""A finished review comes out the same in another time zone, locale and folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("folder", "variables"),
    [
        ("a long path with spaces, é", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "77"}),
        ("i", {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "5"}),
    ],
)
def test_a_review_is_made_again_byte_for_byte_elsewhere(
    demonstration: Path, tmp_path: Path, folder: str, variables: dict[str, str]
) -> None:
    """Fourteen hours ahead and five behind, without a locale and in Turkish, where i is no I."""
    project = tmp_path / folder
    shutil.copytree(demonstration, project, ignore=shutil.ignore_patterns(".cache"))
    command = [sys.executable, "-m", "toolkit", "verify", "2019", "--quiet"]
    environment = {**os.environ, **variables, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
