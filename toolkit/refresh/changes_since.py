"""What changed since the review before: marks, figures that were revised, and the work plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from toolkit.analysis.comparisons import CANNOT
from toolkit.frames import DONE, JUDGEMENTS, Judgement
from toolkit.params import Measure, ReviewYear, Target
from toolkit.refresh.contradictions import harder
from toolkit.refresh.red_measures import is_red, red_marks

__all__ = ["ChangesSince", "changes_since", "eased_targets"]


@dataclass(frozen=True)
class ChangesSince:
    """Measure ids by how their marks changed, the revised figures, and action ids by how the plan changed.

    ``revised`` has a row a figure: measure, period, value_before, value. Only measures of both reviews are compared.
    """

    newly_red: tuple[str, ...]
    recovered: tuple[str, ...]
    unjudged: tuple[str, ...]
    newly_met: tuple[str, ...]
    met_by_easing: tuple[str, ...]
    revised: pd.DataFrame
    finished: tuple[str, ...]
    newly_late: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]


def changes_since(
    judgements: tuple[pd.DataFrame, pd.DataFrame], revised: pd.DataFrame, actions: tuple[pd.DataFrame, pd.DataFrame]
) -> ChangesSince:
    """What changed; each pair is (the review before, this one): JUDGEMENTS and ACTIONS.

    Newly met is a target that is met now and was not, or a duty; met by easing is a target that only meets because it
    was made easier. Recovered is a measure with no red mark any more; where a mark that was red cannot be judged now,
    the measure counts as unjudged.
    """
    before, now = (table.set_index("measure") for table in judgements)
    both = [name for name in now.index if name in before.index]
    met = [name for name in both if _marks_met(now.loc[name]) - _marks_met(before.loc[name])]
    eased = {name for name in met if _only_by_easing(before.loc[name], now.loc[name])}
    red, was_red = is_red(now), is_red(before)
    not_red = [name for name in both if was_red[name] and not red[name]]
    was, is_now = ({one.measure: one for one in JUDGEMENTS.rows(table)} for table in judgements)
    unknown = {name for name in not_red if _is_unjudged(was[name], is_now[name])}
    planned, plan = (table.drop_duplicates("id").set_index("id") for table in actions)
    kept = [key for key in plan.index if key in planned.index]
    done, was_done = plan["status"].isin(DONE), planned["status"].isin(DONE)
    late, was_late = plan["delivery_rag"] != "green", planned["delivery_rag"] != "green"
    return ChangesSince(
        newly_red=tuple(name for name in both if red[name] and not was_red[name]),
        recovered=tuple(name for name in not_red if name not in unknown),
        unjudged=tuple(name for name in not_red if name in unknown),
        newly_met=tuple(name for name in met if name not in eased),
        met_by_easing=tuple(name for name in met if name in eased),
        revised=revised,
        finished=tuple(key for key in kept if done[key] and not was_done[key]),
        newly_late=tuple(key for key in kept if late[key] and not was_late[key]),
        added=tuple(key for key in plan.index if key not in planned.index),
        gone=tuple(key for key in planned.index if key not in plan.index),
    )


def eased_targets(then: ReviewYear, now: ReviewYear, measures: Mapping[str, Measure]) -> dict[str, Target]:
    """Measure → the target that the review before had, of those that were made easier to meet since."""
    both = [name for name in now.targets if name in then.targets and name in measures]
    return {name: old for name in both if harder(now.targets[name], old := then.targets[name], measures[name]) is False}


def _is_unjudged(before: Judgement, now: Judgement) -> bool:
    """Whether one of the marks that were red is not judged now. A duty that is not judged has no word."""
    return any(getattr(now, mark) in (CANNOT, "") for mark, _ in red_marks(before))


def _marks_met(row: pd.Series) -> set[str]:
    """The marks, of target and duty, that are met."""
    return {mark for mark in ("target_status", "statutory_status") if row[mark] == "met"}


def _only_by_easing(before: pd.Series, now: pd.Series) -> bool:
    """Whether the figure meets the target that is set now, and lies short of the one that was set before."""
    if _marks_met(now) - _marks_met(before) != {"target_status"}:
        return False
    aims = sorted((before["target"], now["target"]))
    return bool(aims[0] <= now["value"] <= aims[1] and now["value"] != before["target"])
