"""The whole review of the example, as a person runs it from the command line."""

from pathlib import Path

import pandas as pd
import pytest

from toolkit.params import load_project

pytestmark = pytest.mark.slow

PAGES = ["index", "data_quality", "priority_1", "priority_2", "priority_3a", "priority_3b", "priority_4"]


def test_the_review_of_the_example_runs_from_end_to_end(example_2025: Path) -> None:
    """One command, which ends complete, makes every page and table from the publishers' files as they are."""
    outputs = example_2025 / "outputs" / "2025"
    assert [page for page in PAGES if not (outputs / f"{page}.html").is_file()] == []
    judgements = pd.read_csv(outputs / "tables" / "judgements.csv")
    assert set(judgements["measure"]) == set(load_project(example_2025).measures)
    assert judgements.set_index("measure")["statutory_status"]["plans_within_20_weeks"] == "not met"
