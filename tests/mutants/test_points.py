"""The tool that tries mutants: what it changes, that a draw holds still, and that a list of equivalents stays true."""

import sys
from pathlib import Path
from types import FunctionType

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))

from files import ROOT, nearest
from points import mutants_of, sample

HERE = Path(__file__).parent
SOURCE = '''
"""A module."""
MARGIN = 3


class Limits:
    def judge(self, value: int, fewest: int = 5) -> str:
        """What a reader sees."""
        if value < fewest:
            return "thin"
        if not self:
            raise ValueError("never mind")
        return "a sentence is left alone"


def change(before: float, now: float) -> float:
    return max(now - before, 0.0)
'''


@pytest.fixture
def module(tmp_path: Path) -> Path:
    file = tmp_path / "toolkit" / "room" / "module.py"
    file.parent.mkdir(parents=True)
    file.write_text(SOURCE, encoding="utf-8")
    return file


def test_each_mutant_is_one_change_in_one_function(module: Path) -> None:
    changes = [f"{m.function}: {m.change}" for m in mutants_of(module)]
    assert changes == [
        "Limits.judge: value < fewest → value <= fewest",
        "Limits.judge: 'thin' → 'thinx'",
        "Limits.judge: not self → self",
        "change: max(now - before, 0.0) → min(now - before, 0.0)",
        "change: max(now - before, 0.0) → max(0.0, now - before)",
        "change: now - before → now + before",
        "change: 0.0 → 1.0",
    ]


def test_a_mutant_is_the_function_with_its_change_alone(module: Path) -> None:
    answers = [FunctionType(m.code(), {})(3.0, 5.0) for m in mutants_of(module) if m.function == "change"]
    assert answers == [0.0, 2.0, 8.0, 2.0]


def test_a_draw_is_the_same_each_time_and_another_for_another_seed(module: Path) -> None:
    found = mutants_of(module)
    assert sample(found, 5, 1) == sample(found[::-1], 5, 1)
    assert sample(found, 5, 1) != sample(found, 5, 2)


def test_a_draw_does_not_move_when_another_function_changes(module: Path) -> None:
    drawn = {m.key for m in sample(mutants_of(module), 4, 1)}
    module.write_text(SOURCE.replace("value < fewest", "value == fewest"), encoding="utf-8")
    here = module.with_name("again.py")
    here.write_text(module.read_text("utf-8"), encoding="utf-8")
    again = {m.key.replace("again", "module") for m in sample(mutants_of(here), 7, 1)}
    assert {key for key in drawn if "value < fewest" not in key} <= again


def test_the_files_that_import_a_module_are_the_nearest() -> None:
    names = {file.name for file in nearest([ROOT / "toolkit" / "disclosure" / "cells.py"], 1)}
    assert names == {"test_cells.py"}


def test_every_mutant_listed_as_equivalent_still_exists_and_has_its_reason() -> None:
    listed = yaml.safe_load((HERE / "equivalent.yaml").read_text("utf-8"))
    assert all(one["reason"].strip() for one in listed)
    files = {ROOT / one["mutant"].split(" ")[0] for one in listed}
    known = {m.key for file in files if file.exists() for m in mutants_of(file)}
    assert [one["mutant"] for one in listed if one["mutant"] not in known] == []
