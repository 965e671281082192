"""Tables of the front page: each priority on one line, its measures with their four marks, its late actions."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.analysis.codes import Direction, StatutoryStatus, TargetStatus
from toolkit.params import Part
from toolkit.report.links import link
from toolkit.report.marks import count_marks, mark
from toolkit.report.shown import Html, Shown, as_text, say_html
from toolkit.report.tables.table import column_formats, table
from toolkit.words.bank import REPORT

__all__ = ["is_noted", "priorities"]

_TARGETS = (
    *(TargetStatus.MISSED, TargetStatus.UNLIKELY, TargetStatus.POSSIBLE),
    *(TargetStatus.LIKELY, TargetStatus.MET),
)
_DIRECTIONS = (Direction.WORSE, Direction.BETTER)
_DUTIES = (StatutoryStatus.NOT_MET, StatutoryStatus.MET, StatutoryStatus.HIDDEN)


def priorities(judgements: pd.DataFrame, actions: pd.DataFrame, parts: Mapping[str, Part], duties: pd.Series) -> Shown:
    """A row a priority: how many measures have each mark, never folded into one; ``parts`` maps a link to a part.

    ``duties`` are the states of duties by priority, each duty once.
    Example: ``priorities(judgements, actions, {"#priority-1": part}, duties_once(judgements, measures))``
    """
    rows = []
    for href, part in parts.items():
        mine, planned = judgements[judgements["priority"] == part.id], actions[actions["priority"] == part.id]
        made_up = [*mine["illustrative"], *planned["illustrative"]]
        rows.append(
            {
                "priority": Shown(link(href, f"{part.id}: {part.short}")),
                "targets": _targets(mine["target_status"]),
                "directions": _directions(mine["direction"]),
                "duties": _duties(duties[duties.index == part.id]),
                "actions": _actions(planned),
                "illustrative": "illustrative" if any(made_up) else "",
            }
        )
    columns = column_formats("priorities", ("priority", "targets", "directions", "duties", "actions"))
    return table(pd.DataFrame(rows), REPORT.say("glance.priorities"), columns)


def _targets(words: pd.Series) -> Shown:
    aimed = words[words != "no target"]
    if aimed.empty:
        return mark("no target")
    open_ = aimed[~aimed.isin(list(_TARGETS))]
    return _add_rest(count_marks(aimed, _TARGETS), REPORT.say("glance.open", count=len(open_)) if len(open_) else "")


def _directions(words: pd.Series) -> Shown:
    if not len(words):
        return Shown(say_html("glance.no_measures"))
    moved = words[words.isin(list(_DIRECTIONS))]
    if moved.empty:
        return mark("no clear change" if (words == "no clear change").any() else "cannot be judged")
    return _add_rest(count_marks(moved, _DIRECTIONS), REPORT.say("glance.of", count=len(words)))


def _duties(words: pd.Series) -> Shown:
    return count_marks(words, _DUTIES, "duty") if words.isin(list(_DUTIES)).any() else mark("no duty")


def _actions(planned: pd.DataFrame) -> Shown:
    """How many actions are late, and how many others are not sure: at risk, paused or without an agreed date."""
    if planned.empty:
        return Shown(say_html("glance.no_actions"))
    kinds = planned["delivery_rag"].where(planned["delivery_rag"] == "green", "amber")
    kinds = kinds.mask(planned["slipped_days"] > 0, "red")
    labels = {colour: REPORT.say(f"glance.delivery.{colour}") for colour in ("red", "amber")}
    late = kinds[kinds != "green"]
    return count_marks(late, labels, labels=labels) if len(late) else mark("on time")


def _add_rest(counts: Shown, rest: str) -> Shown:
    """Marks, and in smaller letters what has none."""
    if not rest:
        return counts
    before = counts.html + " " if counts.html != as_text(REPORT.say("no_marks")) else ""
    return Shown(Html('{}<span class="rest">{}</span>').format(before, rest))


def is_noted(judgements: pd.DataFrame) -> pd.Series:
    """Per row of JUDGEMENTS: is there a target, a duty or a clear change?"""
    return (
        (judgements["target_status"] != "no target")
        | judgements["statutory_status"].isin(list(_DUTIES))
        | judgements["direction"].isin(["better", "worse"])
    )
