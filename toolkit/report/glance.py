"""Tables of the front page: each priority on one line, its measures with their four marks, its late actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.codes import Direction, StatutoryStatus, TargetStatus
from toolkit.analysis.precision import refine_decimals
from toolkit.frames import ACTIONS, JUDGEMENTS, Action, Judgement
from toolkit.params import Measure, Part
from toolkit.refresh import is_red
from toolkit.report.charts.sparkline import sparkline
from toolkit.report.layout import fold, stack
from toolkit.report.links import link, measure_link
from toolkit.report.marks import count_marks, duty_mark, mark
from toolkit.report.shown import Html, Shown, as_text, say_html, sentence
from toolkit.report.tables.table import column_formats, label_markers, table
from toolkit.words.bank import REPORT
from toolkit.words.new_data import describe_figure_date
from toolkit.words.numbers import format_date, format_figure, format_period, format_target

__all__ = ["is_noted", "late_actions", "measures", "priorities"]

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
                "actions": _actions(planned["delivery_rag"]),
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


def _actions(words: pd.Series) -> Shown:
    if words.empty:
        return Shown(say_html("glance.no_actions"))
    late = words[words != "green"]
    labels = {colour: REPORT.say(f"glance.delivery.{colour}") for colour in ("red", "amber")}
    return count_marks(late, labels, labels=labels) if len(late) else mark("on time")


def _add_rest(counts: Shown, rest: str) -> Shown:
    """Marks, and in smaller letters what has none."""
    if not rest:
        return counts
    before = counts.html + " " if counts.html != as_text(REPORT.say("no_marks")) else ""
    return Shown(Html('{}<span class="rest">{}</span>').format(before, rest))


def measures(
    judgements: pd.DataFrame, caption: str, catalogue: Mapping[str, Measure], lines: Mapping[str, pd.DataFrame]
) -> Shown:
    """JUDGEMENTS with the four marks and a small picture of each series; a name leads to the measure's place.

    Red ones come first; those without a target, a duty or a clear change are under a fold. ``lines`` maps a measure to
    its SERIES.
    """
    rows = judgements.loc[(~is_red(judgements)).sort_values(kind="stable").index]
    noted = is_noted(rows)
    if noted.all() or not noted.any():
        return _measures(rows, caption, catalogue, lines)
    rest = _measures(rows[~noted], REPORT.say("glance.further", caption=caption), catalogue, lines)
    return stack(
        _measures(rows[noted], caption, catalogue, lines),
        fold(REPORT.say("glance.more", count=(~noted).sum()), rest),
    )


_MEASURE = ("measure", "target", "direction", "duty", "confidence", "value", "trend")


def is_noted(judgements: pd.DataFrame) -> pd.Series:
    """Per row of JUDGEMENTS: is there a target, a duty or a clear change?"""
    return (
        (judgements["target_status"] != "no target")
        | judgements["statutory_status"].isin(list(_DUTIES))
        | judgements["direction"].isin(["better", "worse"])
    )


def _measures(
    judgements: pd.DataFrame, caption: str, catalogue: Mapping[str, Measure], lines: Mapping[str, pd.DataFrame]
) -> Shown:
    columns = column_formats("glance", _MEASURE, numbers=("value",))
    rows = [
        _measure(judgement, catalogue[judgement.measure], lines[judgement.measure])
        for judgement in JUDGEMENTS.rows(judgements)
    ]
    return table(pd.DataFrame(rows, columns=[*columns, "illustrative"]), caption, columns)


def _measure(judgement: Judgement, measure: Measure, line: pd.DataFrame) -> dict[str, Any]:
    measure = refine_decimals(measure, judgement)
    target = format_target(judgement.target, judgement.unit, measure.decimals)
    aim = REPORT.say("glance.aim", target=target, by=format_period(judgement.target_period))
    value = label_markers(format_figure(judgement.value, judgement.unit, measure.decimals, judgement.marker))
    return {
        "measure": Shown(measure_link(measure)),
        "target": _under(mark(judgement.target_status), judgement.target_period and aim),
        "direction": mark(judgement.direction),
        "duty": duty_mark(judgement),
        "confidence": mark(judgement.confidence),
        "value": _under(Shown(value), judgement.period and describe_figure_date(judgement)),
        "trend": sparkline(line, measure),
        "illustrative": judgement.illustrative,
    }


def _under(main: Shown, more: str) -> Shown:
    return Shown(Html('{}<span class="small">{}</span>').format(main, more)) if more else main


def _delivery(action: Action) -> Shown:
    as_of = REPORT.say("table.as_of", last=format_date(action.as_of)) if action.as_of else ""
    return _under(mark(action.delivery_rag), as_of)


def late_actions(actions: pd.DataFrame, caption: str) -> Shown:
    """The actions that are not green, with who leads them; a sentence where there is none."""
    late = actions[actions["delivery_rag"] != "green"]
    if late.empty:
        return sentence(REPORT.say("glance.all_on_time" if len(actions) else "glance.no_action"))
    shown = late.assign(
        action=[f"{name} {words}" for name, words in zip(late["id"], late["action"], strict=True)],
        delivery_rag=pd.Series([_delivery(row) for row in ACTIONS.rows(late)], late.index, dtype=object),
        due=late["due"].map(format_date),
    )
    return table(shown, caption, column_formats("late_actions", ("action", "delivery_rag", "lead", "due")))
