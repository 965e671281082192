"""A review under the strategy before in the terms of its successor: measures, targets and actions by their new ids.

The two can then be compared like any two reviews. What ended keeps its old id, which the new strategy does not use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from toolkit.errors import Problem, did_you_mean
from toolkit.evidence.inputs import ReviewInputs
from toolkit.evidence.plan import planned_actions
from toolkit.frames.work_plan import ActionState
from toolkit.params import ActionDecision, Decision, Measure, PriorityDecision, Project, ReviewYear, Succession
from toolkit.params.yaml import read_yaml

__all__ = ["in_new_terms", "problems_of_actions", "targets_in_new_terms", "unnamed_actions"]

Value = TypeVar("Value")

GONE = (ActionState.CLOSED, ActionState.EMBEDDED)
"""States of an action that need no word when it leaves the plan."""


def in_new_terms(old: ReviewInputs, succession: Succession, project: Project) -> ReviewInputs:
    """The inputs of a review under the old strategy, and of those before it, by the ids of ``project``, the new one."""
    return replace(
        old,
        project=_project(old.project, succession, project),
        year=targets_in_new_terms(old.year, succession),
        recorded=[_decision(decision, succession) for decision in old.recorded],
        commentaries=_rename(old.commentaries, succession),
        later={measure.id: measure for measure in (_carry(m, succession, project) for m in old.later.values())},
        successions=(*old.successions, succession),
        earlier=in_new_terms(old.earlier, succession, project) if old.earlier else None,
    )


def targets_in_new_terms(year: ReviewYear, succession: Succession) -> ReviewYear:
    """Targets and baselines by the new ids of their measures; those of measures that ended keep theirs."""
    baselines = _rename(year.baseline_exceptions, succession)
    return year.model_copy(update={"targets": _rename(year.targets, succession), "baseline_exceptions": baselines})


def _rename(values: Mapping[str, Value], succession: Succession) -> dict[str, Value]:
    return {succession.measure_now(name) or name: value for name, value in values.items()}


def _project(old: Project, succession: Succession, new: Project) -> Project:
    carried = [(_carry(measure, succession, new), old.documents[name]) for name, measure in old.measures.items()]
    return replace(
        old,
        measures={measure.id: measure for measure, _ in carried},
        documents={measure.id: document for measure, document in carried},
    )


def _carry(measure: Measure, succession: Succession, new: Project) -> Measure:
    """The measure as it was defined, with the id and the priority that it has now."""
    now = new.measures.get(succession.measure_now(measure.id))
    if now is None:
        return measure
    other = measure.reconciles_with and (succession.measure_now(measure.reconciles_with) or measure.reconciles_with)
    return measure.model_copy(update={"id": now.id, "priority": now.priority, "reconciles_with": other})


def _decision(decision: Decision, succession: Succession) -> Decision:
    """A decision about a priority stays as it was, since it is read beside the strategy of then."""
    subject = decision.subject
    if isinstance(decision, PriorityDecision):
        return decision
    if isinstance(decision, ActionDecision):
        into = decision.into and succession.action_now(decision.into)
        return decision.model_copy(update={"subject": succession.action_now(subject), "into": into})
    return decision.model_copy(update={"subject": succession.measure_now(subject) or subject})


def unnamed_actions(old: ReviewInputs, succession: Succession) -> list[str]:
    """Actions of the last plan under the old strategy that go on, and that the succession does not name."""
    ended = {d.subject for d in old.recorded if isinstance(d, ActionDecision) and d.change in ("close", "merge")}
    planned = planned_actions(old)
    open_ = [*planned.loc[~planned["status"].isin(GONE), "id"], *_list_added(old)]
    return [name for name in dict.fromkeys(open_) if name not in ended and name not in succession.actions]


def _list_added(old: ReviewInputs) -> list[str]:
    """Actions that the review decided to add, which its own plan does not have yet."""
    return [d.subject for d in old.recorded if isinstance(d, ActionDecision) and d.change == "add"]


def problems_of_actions(new: ReviewInputs, old: ReviewInputs) -> Iterator[Problem]:
    """What the succession of ``new`` says of actions of the last plan (of ``old``) that cannot be, or leaves out."""
    succession = new.project.written.succeeds
    if succession is None or not old.plans or old.project.strategy_ids != new.project.strategy_ids[:-1]:
        return
    document = read_yaml(new.project.strategy_folder / "strategy.yaml", new.folder)
    before, after = [*planned_actions(old)["id"], *_list_added(old)], list(planned_actions(new)["id"])
    drawn_up = not _same_plans(new.plans, old.plans)
    taken: dict[str, str] = {}
    for name, carried in succession.actions.items():
        at, to = ("succeeds", "actions", name), carried.becomes or carried.merged
        if name not in before:
            yield document.problem(at, f"the last work plan has no action '{name}'", did_you_mean(name, before))
        elif to and drawn_up and to not in after:
            yield document.problem(at, f"the work plan has no action '{to}'", did_you_mean(to, after))
        if carried.becomes and carried.becomes in taken:
            what = f"the actions '{taken[carried.becomes]}' and '{name}' both become '{carried.becomes}'"
            yield document.problem(at, what, "keep one, and write merged: with its id for the other")
        taken |= {carried.becomes: name} if carried.becomes else {}
    for name in unnamed_actions(old, succession):
        what = f"the action '{name}' of the last work plan neither continues nor ends"
        yield document.problem(("succeeds", "actions"), what, f"write {name}: with becomes, closed or merged")


def _same_plans(one: Mapping[str, pd.DataFrame], other: Mapping[str, pd.DataFrame]) -> bool:
    return one.keys() == other.keys() and all(one[name].equals(other[name]) for name in one)
