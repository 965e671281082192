"""One mistake in a file of params hides no other: what can be read is held against the rest all the same."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.evidence import read_inputs
from toolkit.params import (
    load_codebook,
    load_duty_checks,
    load_escalation,
    load_papers,
    load_project,
    load_sign_off,
)
from toolkit.params.yaml import read_yaml

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests/examples/params/all_at_once.yaml").read_text(encoding="utf-8"))
LOADERS: dict[str, Callable[[Path], Any]] = {
    "params/2019/duties.yaml": lambda folder: load_duty_checks(load_project(folder), 2019, date(2019, 4, 30)),
    "params/escalation.yaml": load_escalation,
    "params/codebook.yaml": lambda folder: load_codebook(folder, load_project(folder).strategy),
    "params/sign_off.yaml": lambda folder: load_sign_off(load_project(folder)),
    "params/papers/newsletter.yaml": lambda folder: load_papers(folder, 2019),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_one_mistake_hides_no_other(case: dict[str, Any], tmp_path: Path):
    """A word that is refused in one entry and a name in another that nothing knows: both are told, with their lines."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / case["file"]).write_text(case["written"], encoding="utf-8")

    with pytest.raises(InputError) as told:
        LOADERS[case["file"]](tmp_path)

    assert [str(problem).split(" (")[0] for problem in told.value.problems] == [
        f"{case['file']}:{said}" for said in case["told"]
    ]


def test_a_review_tells_every_mistake_of_its_decisions(tiny: Path):
    """Before anything is run: an authority that there is not, and a measure that there is not."""
    when = "{on: 2022-07-01, by: Board}"
    written = f"""\
- {{id: a, kind: target, subject: on_time, change: keep, reason: So it is, authority: king, decided: {when}}}
- {{id: b, kind: target, subject: on_tyme, change: keep, reason: So it is, authority: board, decided: {when}}}
"""
    (tiny / "params" / "2022" / "decisions.yaml").write_text(written, encoding="utf-8")

    with pytest.raises(InputError) as told:
        read_inputs(tiny, 2022)

    assert [(problem.line, problem.what) for problem in told.value.problems] == [
        (1, "'authority' cannot be 'king'"),
        (2, "there is no measure 'on_tyme'"),
    ]


def test_what_is_left_of_a_document_keeps_its_lines(tmp_path: Path):
    """Items that are taken out, also out of lists in lists, move no other item's line."""
    path = tmp_path / "a.yaml"
    path.write_text("x:\n  - one\n  - two\n  - [three, \n     four]\n  - five: 5\n", encoding="utf-8")

    rest = read_yaml(path, tmp_path).without({("x", 0), ("x", 2, 0)})

    assert rest.data == {"x": ["two", ["four"], {"five": 5}]}
    lines = [rest.problem(at, "").line for at in (("x", 0), ("x", 1, 0), ("x", 2, "five"))]
    assert lines == [3, 5, 6]
    assert rest.left_out == ("one", "three")


def test_a_mistake_in_one_file_hides_none_in_another(tmp_path: Path):
    """Governance, policy and pages are read whatever the others hold."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    for name, was, now in (
        ("governance", "name: Cabinet", "nam: Cabinet"),
        ("policy", "minimum_base:", "minimum_bas:"),
    ):
        path = tmp_path / "params" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_project(tmp_path)
    assert {problem.file for problem in refused.value.problems} == {"params/governance.yaml", "params/policy.yaml"}


def test_a_mistake_in_the_policy_hides_none_in_the_pages(tmp_path: Path):
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name, was, now in (
        ("policy", "minimum_base:", "minimum_bas:"),
        ("pages", "paper: easy_read", "paper: easy_red"),
    ):
        path = tmp_path / "params" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_inputs(tmp_path, 2019)
    assert {problem.file for problem in refused.value.problems} == {"params/policy.yaml", "params/pages.yaml"}
