"""The whole review of the example, as a person runs it from the command line."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from toolkit.params import Project

pytestmark = pytest.mark.slow

PAGES = ["index", "data_quality", "priority_1", "priority_2", "priority_3a", "priority_3b", "priority_4"]
COMPLETE = 0


def test_the_review_of_the_example_runs_from_end_to_end(project: Project) -> None:
    """One command makes every page and table, from the publishers' files as they are."""
    command = [sys.executable, "-m", "toolkit", "run", "2025", "--project", str(project.folder)]

    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)

    outputs = project.folder / "outputs" / "2025"
    assert done.returncode == COMPLETE, done.stdout + done.stderr
    assert [page for page in PAGES if not (outputs / f"{page}.html").is_file()] == []
    judgements = pd.read_csv(outputs / "tables" / "judgements.csv")
    assert set(judgements["measure"]) == set(project.measures)
    assert judgements.set_index("measure")["statutory_status"]["plans_within_20_weeks"] == "not met"
