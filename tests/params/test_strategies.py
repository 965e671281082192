"""Strategies are a dated series: which is in force on a day, and what keeps them from following each other."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.evidence.reading import project_of
from toolkit.params import STRATEGIES, load_codebook, load_project

FIRST = "2020-2023"
CASES = yaml.safe_load(Path("tests/examples/params/strategies.yaml").read_text(encoding="utf-8"))


def add_strategy(project: Path, id_: str, lines: str) -> None:
    """A strategy like the tiny project's own with more lines at its end; the own one where the id is its."""
    folder = project / STRATEGIES / id_
    if id_ != FIRST:
        shutil.copytree(project / STRATEGIES / FIRST, folder)
    path = folder / "strategy.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{lines}\n", encoding="utf-8", newline="\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_strategies_that_do_not_follow_each_other_are_refused(case: dict[str, Any], tiny: Path) -> None:
    """What tests/examples/params/strategies.yaml says is all that a person reads."""
    for id_ in sorted(case["strategies"], reverse=True):  # the tiny project's own last, since the others are its copies
        add_strategy(tiny, id_, case["strategies"][id_])

    with pytest.raises(InputError) as told:
        load_project(tiny, 2022)

    assert str(told.value) == case["told"]


@pytest.mark.parametrize(("begins", "used"), [("2022-06-30", "2022-2025"), ("2022-07-01", FIRST)])
def test_a_review_uses_the_strategy_in_force_on_its_cut_off(tiny: Path, begins: str, used: str) -> None:
    """The review of 2022 has the cut-off of 30 June: a strategy that begins the day after is none of its."""
    add_strategy(tiny, "2022-2025", f"in_force_from: {begins}\nsucceeds: {{strategy: {FIRST}}}")

    assert load_project(tiny, 2022).strategy_ids[-1] == used
    assert load_project(tiny).strategy_ids == (FIRST, "2022-2025")


def test_a_strategy_begins_on_the_day_of_its_approval_unless_it_says_otherwise(tiny: Path) -> None:
    """in_force_from, then the approval, then the first day of the term."""
    days = []
    for lines in ("", 'approved: {by: Cabinet, on: "2020-03-01"}', 'in_force_from: "2020-04-01"'):
        add_strategy(tiny, FIRST, lines)
        days.append(load_project(tiny).strategy.begins.isoformat())

    assert days == ["2020-01-01", "2020-03-01", "2020-04-01"]


def test_files_that_lay_in_params_before_are_sent_to_the_strategy(tiny: Path) -> None:
    """A strategy.yaml in params/ is read by no review."""
    from toolkit.evidence import read_inputs

    shutil.copyfile(tiny / STRATEGIES / FIRST / "strategy.yaml", tiny / "params" / "strategy.yaml")

    with pytest.raises(InputError) as told:
        read_inputs(tiny, 2022)

    what = "params/strategy.yaml: no review reads a file of this name (move it to params/strategies/<id>/strategy.yaml)"
    assert str(told.value) == what


MID_TERM = """
  - {id: c, title: Start work, short: Work, since: 2022-05-01, until: 2022-12-31, decision: "Cabinet, 30 April 2022"}
  - {id: c, title: Find work, short: Work, since: 2023-01-01, decision: "Cabinet, 20 December 2022"}
"""


@pytest.mark.parametrize(
    ("cut_off", "title"), [("2022-04-30", ""), ("2022-05-01", "Start work"), ("2023-06-30", "Find work")]
)
def test_a_priority_added_or_changed_mid_term_is_seen_by_the_reviews_after_it(
    tiny: Path, cut_off: str, title: str
) -> None:
    """A review before the decision sees neither the priority, nor its theme, nor its measure."""
    folder = tiny / STRATEGIES / FIRST
    edit(folder / "strategy.yaml", "workstreams:", f"{MID_TERM.strip(chr(10))}\nworkstreams:")
    edit(tiny / "params" / "2022" / "review.yaml", "2022-06-30", cut_off)
    (folder / "codebook.yaml").write_text("themes: [{id: work, name: Work, priority: c, words: [job]}]\n", "utf-8")
    (folder / "measures" / "c").mkdir()
    shutil.copyfile(folder / "measures" / "a" / "plans.yaml", folder / "measures" / "c" / "jobs.yaml")

    project = project_of(tiny, 2022)
    codebook = load_codebook(project)

    assert [part.title for part in project.strategy.reviewed_parts() if part.id == "c"] == [title] * bool(title)
    assert codebook is not None
    assert len(codebook.themes) == bool(title)
    assert ("jobs" in project.measures) == bool(title)
    assert [part.id for part in project.written.reviewed_parts()] == ["a", "b1", "b2", "c", "c"]


def edit(path: Path, find: str, put: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), encoding="utf-8", newline="\n")
