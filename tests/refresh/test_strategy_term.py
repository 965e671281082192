"""A strategy whose term has ended is a warning; one that runs passes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from toolkit.params import load_project
from toolkit.refresh import term_findings
from toolkit.words.findings import with_words


@pytest.mark.parametrize(("days", "outcome"), [(0, "pass"), (1, "fail")])
def test_the_term_runs_to_the_end_of_its_last_day(tiny: Path, days: int, outcome: str) -> None:
    """The body that decides last owns it."""
    project = load_project(tiny)
    last: date = project.strategy.term.last_day
    (found,) = with_words(term_findings(project, last + timedelta(days=days))).to_dict("records")
    assert (found["outcome"], found["severity"], found["dimension"]) == (outcome, "warning", "timeliness")
    assert found["owner"] == project.governance.name(project.governance.deciding[-1])
    assert project.strategy.title in found["message"]
