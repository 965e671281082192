"""What a decision is about, looked up by its id."""

from pathlib import Path

from toolkit.frames import ACTIONS
from toolkit.params import load_project, load_review
from toolkit.refresh import DecisionContext


def context(tiny: Path) -> DecisionContext:
    numbers = {"slipped_days": 0.0, "moved_days": 0.0}
    rows = [("1", "Train"), ("2", "Old words"), ("2", "New words")]
    actions = tuple(ACTIONS.rows(ACTIONS.of({"id": id_, "action": text} | numbers for id_, text in rows)))
    project = load_project(tiny)
    return DecisionContext(project, load_review(project, 2022), actions)


def test_an_action_is_found_by_its_id_as_the_newest_plan_has_it(tiny: Path) -> None:
    """Plans are read oldest first."""
    given = context(tiny)
    assert [action and action.action for action in map(given.action, ("1", "2", "3"))] == ["Train", "New words", None]


def test_a_priority_is_found_by_its_id(tiny: Path) -> None:
    """So is a part of a priority; an id that the strategy does not have has no title."""
    titles = [context(tiny).title(id_) for id_ in ("a", "b", "b2", "none")]
    assert titles == ["Plan on time", "Listen and provide", "Provide places", ""]
