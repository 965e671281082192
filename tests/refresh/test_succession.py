"""A review over the border of two strategies: what goes on is compared under its new name, what is open is named."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "params"))

from test_succession import add_successor

from toolkit.cli import cli
from toolkit.errors import InputError
from toolkit.evidence import frames_of, read_inputs
from toolkit.evidence.succession import problems_of_actions, unnamed_actions
from toolkit.frames import ACTIONS
from toolkit.params import STRATEGIES, ActionCarried, Succession
from toolkit.refresh.succession import actions_in_new_terms, actions_that_end, aim_alike
from toolkit.review import Review, open_review

ROOT = Path(__file__).parents[2]
TAKEN_OVER = {
    "priorities": {"a": "x", "b1": "ended", "b2": "b2"},
    "workstreams": {"w1": "w1"},
    "measures": {"on_time": "in_time", "plans": "ended", "rated_good": "ended"},
}


def new_year(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["new-year", *arguments, "--project", str(project)])


@pytest.fixture
def followed(tiny: Path) -> Path:
    """The tiny project with a strategy that is in force from April 2023: the review of 2023 is the first under it."""
    add_successor(tiny, TAKEN_OVER)
    strategy = tiny / STRATEGIES / "2024-2027" / "strategy.yaml"
    text = strategy.read_text(encoding="utf-8").replace("2024-04-01", "2023-04-01")
    (tiny / STRATEGIES / "2024-2027").rename(tiny / STRATEGIES / "2023-2026")
    (tiny / STRATEGIES / "2023-2026" / "strategy.yaml").write_text(text, encoding="utf-8", newline="\n")
    return tiny


def test_new_year_over_the_border_carries_targets_and_commentaries_to_their_new_names(followed: Path) -> None:
    """The target of on_time is that of in_time; the commentary on the priority that ended is left out."""
    begun = new_year(followed, "2023", "--from", "2022")

    assert begun.exit_code == 0, begun.output + begun.stderr
    folder = followed / "params" / "2023"
    assert '  in_time: {value: 95, by: "2022"}' in (folder / "review.yaml").read_text(encoding="utf-8").splitlines()
    assert sorted(path.name for path in (folder / "commentary").glob("*.md")) == ["b2.md", "overview.md", "x.md"]
    for line in (
        "Tiny strategy, in force since 1 April 2023, succeeds Tiny strategy",
        "priority a continues as x",
        "priorities that ended: b1",
        "measure on_time continues as in_time",
        "measures that ended: plans, rated_good",
    ):
        assert f"  - {line}\n" in begun.output


def test_a_measure_keeps_its_history_under_its_new_name(followed: Path) -> None:
    """The review of 2023 judges in_time by all the years, beside what that of 2022 found under on_time."""
    assert new_year(followed, "2023", "--from", "2022").exit_code == 0

    frames = frames_of(followed, 2023)

    assert frames.earlier is not None
    then, now = (table[table["measure"] == "in_time"] for table in (frames.earlier.results, frames.results))
    figures = ["area_code", "period", "value"]
    assert len(then) > 0
    assert then[figures].values.tolist() == now[now["period"].isin(then["period"])][figures].values.tolist()
    judged = frames.earlier.judgements.set_index("measure")
    assert (judged.loc["in_time", "priority"], judged.loc["in_time", "target"]) == ("x", 95.0)
    assert "on_time" not in judged.index
    assert "plans" in judged.index  # it ended, and keeps its name


def test_a_succession_that_loses_a_measure_keeps_the_new_year_from_beginning(followed: Path) -> None:
    """Nothing is written, and the line says what to do."""
    strategy = followed / STRATEGIES / "2023-2026" / "strategy.yaml"
    text = strategy.read_text(encoding="utf-8").replace(', "plans": "ended"', "")
    strategy.write_text(text, encoding="utf-8", newline="\n")

    refused = new_year(followed, "2023", "--from", "2022")

    assert refused.exit_code == 2
    assert "the measure 'plans' of the strategy before neither continues nor ends" in refused.stderr
    assert not (followed / "params" / "2023").exists()


def planned(*rows: dict[str, str]) -> pd.DataFrame:
    return ACTIONS.of({"slipped_days": 0.0, "moved_days": 0.0} | row for row in rows)


SUCCESSION = Succession(
    strategy="2020-2023",
    priorities={"a": "x", "b": "ended"},
    workstreams={"w": "v"},
    measures={"on_time": "in_time", "plans": "ended"},
    actions={
        "1": ActionCarried(becomes="x.1"),
        "2": ActionCarried(closed="achieved", decision="Board, May"),
        "3": ActionCarried(merged="x.1", decision="Cabinet, June"),
    },
)


def test_the_last_plan_is_read_in_the_terms_of_the_new_strategy() -> None:
    """What is not named and what ended keep their names; a measure that ended is not named any more."""
    plan = planned(
        {"id": "1", "priority": "a", "workstream": "w", "measures": "on_time ; plans; ; heard"},
        {"id": "2", "priority": "b", "workstream": "u", "measures": ""},
        {"id": "4", "priority": "c", "workstream": "", "measures": "plans"},
    )

    now = actions_in_new_terms(plan, SUCCESSION)

    assert now[["id", "priority", "workstream", "measures"]].to_numpy().tolist() == [
        ["x.1", "x", "v", "in_time; heard"],
        ["2", "b", "u", ""],
        ["4", "c", "", ""],
    ]


def test_an_action_that_goes_on_aims_at_what_the_new_plan_says() -> None:
    before = planned({"id": "1", "outcome": "Old"}, {"id": "2", "outcome": "Kept"})

    assert aim_alike(before, planned({"id": "1", "outcome": "New"}))["outcome"].tolist() == ["New", "Kept"]


def test_an_action_ends_by_the_decision_that_the_succession_names() -> None:
    """From the first day of the new strategy; no body of today answers for it."""
    closed, merged = actions_that_end(SUCCESSION, date(2023, 4, 1))

    assert (closed.id, closed.subject, closed.change, closed.as_, closed.into) == (
        "Board, May", "2", "close", "achieved", None,
    )  # fmt: skip
    assert (merged.id, merged.subject, merged.change, merged.as_, merged.into) == (
        "Cabinet, June", "3", "merge", None, "x.1",
    )  # fmt: skip
    for one in (closed, merged):
        assert (one.kind, one.reason, one.authority, one.to) == ("action", one.id, "", None)
        assert one.decided.on == date(2023, 4, 1)


def test_a_gap_is_refused_unless_it_has_a_reason(tiny: Path) -> None:
    """A year that is left out is left out on purpose, and the front page says why."""
    refused = new_year(tiny, "2024", "--from", "2022")
    assert refused.exit_code == 2
    what = (
        "params/2024: there is no review of 2023, which lies between (begin it: new-year 2023 --from 2022; or say why"
    )
    assert what in refused.stderr
    assert not (tiny / "params" / "2024").exists()

    assert new_year(tiny, "2024", "--from", "2022", "--gap", "The Board did not meet.").exit_code == 0

    said = "There is no review of 2023, so what follows compares with that of 2022: The Board did not meet."
    assert said in str(open_review(tiny, 2024).changes().html)
    unneeded = new_year(tiny, "2025", "--from", "2024", "--gap", "None")
    assert (unneeded.exit_code, "no year lies between 2024 and 2025" in unneeded.stderr) == (2, True)


def test_pages_say_that_a_review_crosses_into_the_strategy_before(opened: Callable[..., Review]) -> None:
    """The front page of the first review under it, and each priority whose measures go on."""
    front, places = (str(shown.html) for shown in (opened(2021).changes(), opened(2021).trends("c")))

    assert "This is the first review under “SEND Strategy 2021–2024 (illustrative)”, in force since 12 January" in front
    assert "These measures continue from “SEND Strategy 2017–2020”, and their trends include its years." in places
    assert "These measures continue" not in str(opened(2020).trends("1").html)


def test_every_open_action_of_the_last_plan_is_named() -> None:
    """Of the demonstration's plan of 2020: those that are neither finished nor closed by that review."""
    old, nothing = read_inputs(ROOT, 2020, before=0), Succession(strategy="2017-2020")

    unnamed = unnamed_actions(old, nothing)

    assert unnamed == ["1.2", "1.5", "1.3", "1.4", "2.5", "2.3", "2.4", "3b.4", "4.1", "4.2", "4.3", "4.4", "3a.6"]
    assert read_inputs(ROOT, 2021, before=0).succession is not None


@pytest.mark.parametrize(
    ("name", "carried", "told"),
    [
        ("1.22", ActionCarried(merged="a.1", decision="Cabinet"),
         "the last work plan has no action '1.22' (did you mean '1.2'?)"),
        ("1.1", ActionCarried(becomes="a.11"), "the work plan has no action 'a.11' (did you mean 'a.1'?)"),
        ("1.1", ActionCarried(becomes="a.1"), "the actions '1.2' and '1.1' both become 'a.1'"
                                              " (keep one, and write merged: with its id for the other)"),
    ],
)  # fmt: skip
def test_actions_that_cannot_be_carried_are_named(name: str, carried: ActionCarried, told: str) -> None:
    """An unknown one on either side, and two that become one."""
    old, new = (read_inputs(ROOT, year, before=0) for year in (2020, 2021))
    succeeds = new.project.written.succeeds
    assert succeeds is not None
    assert list(problems_of_actions(new, old)) == []
    changed = succeeds.model_copy(update={"actions": {**succeeds.actions, name: carried}})
    written = new.project.written.model_copy(update={"succeeds": changed})

    problems = list(problems_of_actions(replace(new, project=replace(new.project, written=written)), old))

    assert [str(problem).split(": ", 1)[1] for problem in problems] == [told]


def test_an_action_that_is_lost_stops_the_review(tmp_path: Path) -> None:
    """``check`` names it; ``new-year`` lists it instead, since the succession is still being written then."""
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    strategy = tmp_path / STRATEGIES / "2021-2024" / "strategy.yaml"
    text = strategy.read_text(encoding="utf-8")
    strategy.write_text(text.replace('    "1.4": {becomes: a.2}\n', ""), encoding="utf-8", newline="\n")

    with pytest.raises(InputError) as refused:
        read_inputs(tmp_path, 2021)

    assert "the action '1.4' of the last work plan neither continues nor ends" in str(refused.value)
    shutil.rmtree(tmp_path / "params" / "2021")
    begun = new_year(tmp_path, "2021", "--from", "2020")
    assert begun.exit_code == 0, begun.stderr
    assert "action 1.4 of the last work plan is still open: say what becomes of it, under succeeds" in begun.output
