"""One mistake in a file of params hides no other: what can be read is held against the rest all the same."""

import os
import shutil
from collections.abc import Callable, Iterable
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
    load_governance,
    load_papers,
    load_project,
)
from toolkit.params.yaml import read_yaml

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests/examples/params/all_at_once.yaml").read_text(encoding="utf-8"))
LOADERS: dict[str, Callable[[Path], Any]] = {
    "params/2019/duties.yaml": lambda folder: load_duty_checks(load_project(folder, 2019), 2019, date(2019, 4, 30)),
    "params/governance.yaml": load_governance,
    "params/strategies/2017-2020/codebook.yaml": lambda folder: load_codebook(load_project(folder, 2019)),
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

    rest = read_yaml(path, tmp_path).drop_items({("x", 0), ("x", 2, 0)})

    assert rest.data == {"x": ["two", ["four"], {"five": 5}]}
    lines = [rest.problem(at, "").line for at in (("x", 0), ("x", 1, 0), ("x", 2, "five"))]
    assert lines == [3, 5, 6]
    assert rest.left_out == ("one", "three")


MISTAKES = (
    ("governance.yaml", "name: Cabinet", "nam: Cabinet"),
    ("policy.yaml", "minimum_base:", "minimum_bas:"),
    ("pages.yaml", "paper: easy_read", "paper: easy_red"),
    ("strategies/2017-2020/strategy.yaml", "vision:", "vison:"),
    ("governance.yaml", "rules:", "rulez:"),
    ("strategies/2017-2020/measures/1/plans_within_20_weeks.yaml", "unit: percent", "unit: percentage"),
    ("papers/newsletter.yaml", "sections:", "sectons:"),
    ("2019/review.yaml", "  parents_rating_good: {value", "  parents_rating_god: {value"),
    ("2019/decisions.yaml", "kind: action", "kind: acton"),
)
"""File of params, and what is misspelt in it."""


@pytest.fixture
def demonstration_files(tmp_path: Path) -> Path:
    """The params of the demonstration, and links to its data."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    shutil.copytree(ROOT / "data", tmp_path / "data", copy_function=os.link)
    return tmp_path


def misspell(project: Path, mistakes: Iterable[tuple[str, str, str]]) -> None:
    for name, right, wrong in mistakes:
        path = project / "params" / name
        text = path.read_text(encoding="utf-8")
        assert right in text
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def refusal_of(project: Path) -> InputError:
    with pytest.raises(InputError) as refused:
        read_inputs(project, 2019)
    return refused.value


def test_a_mistake_in_one_file_hides_none_in_another(demonstration_files: Path):
    """Whatever is wrong elsewhere, every file is read as far as it can be: one problem for each mistake."""
    misspell(demonstration_files, MISTAKES)

    refused = refusal_of(demonstration_files)

    files = {problem.file.removeprefix("params/") for problem in refused.problems}
    assert files == {name for name, _, _ in MISTAKES}
    whole = [problem for problem in refused.problems if "is missing" not in problem.what]
    assert len(whole) == len(MISTAKES), str(refused)


@pytest.mark.parametrize("pair", [(0, 7), (1, 7), (2, 7), (3, 4), (5, 6)], ids=str)
def test_two_mistakes_are_two_problems(pair: tuple[int, int], demonstration_files: Path):
    """The year's review.yaml does not wait for the files of the strategy."""
    mistakes = [MISTAKES[place] for place in pair]
    misspell(demonstration_files, mistakes)

    files = {problem.file.removeprefix("params/") for problem in refusal_of(demonstration_files).problems}

    assert files == {name for name, _, _ in mistakes}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("pollicy.yaml", "params/pollicy.yaml: no review reads a file of this name (did you mean 'policy.yaml'?)"),
        ("policy.yml", "params/policy.yml: no review reads a file of this name (did you mean 'policy.yaml'?)"),
        (
            "2022/waiver.yaml",
            "params/2022/waiver.yaml: no review reads a file of this name (did you mean 'waivers.yaml'?)",
        ),
        (
            "2022/comentary/a.md",
            "params/2022/comentary: no review reads a folder of this name (did you mean 'commentary'?)",
        ),
        (
            "2022/commentary/overvew.md",
            "params/2022/commentary/overvew.md: no review reads a file of this name (did you mean 'overview.md'?)",
        ),
        (
            "strategies/2020-2023/measures/new.yaml",
            "params/strategies/2020-2023/measures/new.yaml: the measure is not in the folder of a priority"
            " (move it to params/strategies/2020-2023/measures/<priority>/new.yaml)",
        ),
        ("papers/ours.yml", "params/papers/ours.yml: no review reads a file of this name (did you mean 'ours.yaml'?)"),
    ],
)
def test_a_file_that_nothing_reads_is_refused(name: str, problem: str, tiny: Path):
    """A misspelt name would leave a file out of the review in silence."""
    path = tiny / "params" / name
    shutil.rmtree(tiny / "params/2022/commentary") if "comentary" in name else None
    (tiny / "params/2022/commentary/overview.md").unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_inputs(tiny, 2022)

    assert [str(one) for one in refused.value.problems] == [problem]


def test_other_files_may_lie_beside_the_params(tiny: Path):
    """Pictures, a README and what an editor or a system leaves are nobody's mistake."""
    for name in (
        "README.md",
        "logo/ours.png",
        "phrases/report.yaml",
        ".review.yaml.swp",
        "2022/Thumbs.db",
        "2022/commentary/README.md",
    ):
        path = tiny / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}\n" if path.suffix == ".yaml" else "", encoding="utf-8")

    read_inputs(tiny, 2022)


@pytest.mark.parametrize(
    "written",
    ["targets: {on_time: {value: 95, by: 2022}}\n", "targets:\n  on_time: {value: 90, by: 2022}\n", "title: Again\n"],
)
def test_a_key_that_stands_twice_is_one_mistake(written: str, tiny: Path):
    """Neither what is under it nor what the one place lacks is a mistake of its own."""
    path = tiny / "params/2022/review.yaml"
    path.write_text(path.read_text(encoding="utf-8") + written, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_inputs(tiny, 2022)

    assert len(refused.value.problems) == 1
    assert "appears twice" in str(refused.value)
