"""What a strategy takes over from the one before it: nothing old is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.params import STRATEGIES, load_project, load_succession

CASES = yaml.safe_load(Path("tests/examples/params/successions.yaml").read_text(encoding="utf-8"))
OLD, NEW = "2020-2023", "2024-2027"


def add_successor(project: Path, succeeds: dict[str, Any]) -> None:
    """A strategy from April 2024 on, with fewer priorities and measures; ``succeeds`` stands on its last lines."""
    new, old = project / STRATEGIES / NEW, project / STRATEGIES / OLD
    for measure in ("a/on_time", "b2/attainment"):
        to = new / "measures" / {"a/on_time": "x/in_time", "b2/attainment": "b2/attainment"}[measure]
        to.parent.mkdir(parents=True)
        shutil.copyfile(old / "measures" / f"{measure}.yaml", to.with_suffix(".yaml"))
    (new / "measures" / "x" / "in_time.yaml").write_text(
        (new / "measures" / "x" / "in_time.yaml").read_text("utf-8").replace("name: ", "name: New ", 1), "utf-8"
    )
    text = (old / "strategy.yaml").read_text(encoding="utf-8")
    priorities = "priorities:\n  - {id: x, title: Plan, short: In time}\n  - {id: b2, title: Places, short: Pl}\n"
    text = text[: text.index("priorities:")] + priorities + text[text.index("workstreams:") :]
    lines = [f"  {key}: {json.dumps(value)}" for key, value in succeeds.items()]
    text += "\n".join(['in_force_from: "2024-04-01"', "#", "#", "#", "#", "succeeds:", f'  strategy: "{OLD}"', *lines])
    (new / "strategy.yaml").write_text(text + "\n", encoding="utf-8", newline="\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_everything_old_is_named_once_or_ended(case: dict[str, Any], tiny: Path) -> None:
    """Each case of tests/examples/params/successions.yaml, and nothing else is said."""
    add_successor(tiny, {key: value for key, value in case.items() if key not in ("says", "told")})

    told = []
    try:
        load_succession(load_project(tiny))
    except InputError as error:
        told = [str(problem) for problem in error.problems]

    assert told == [f"params/strategies/{NEW}/strategy.yaml:{what}" for what in case["told"]]


def test_the_first_strategy_succeeds_none(tiny: Path) -> None:
    """There is nothing to take over."""
    assert load_succession(load_project(tiny)) is None
