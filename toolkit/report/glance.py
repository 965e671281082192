"""Tables of the front page: each priority on one line, its measures with their four marks, its late actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.numbers import say, say_aim, say_date, say_period
from toolkit.params import Measure, Part
from toolkit.report.charts.sparkline import sparkline
from toolkit.report.links import link, measure_link
from toolkit.report.marks import counted, mark, marks
from toolkit.report.shown import Shown, as_text
from toolkit.report.tables.table import Column, Columns, marked, table

__all__ = ["late_actions", "measures", "priorities"]

_GLANCE: Columns = {
    "priority": "Priority",
    "targets": "Are we achieving?",
    "directions": "Are we getting better?",
    "duties": "Is the duty met?",
    "actions": "Are actions on time?",
}

_TARGETS = {"off track": "off track", "met": "met", "on track": "on track"}
_DIRECTIONS = {"worse": "worse", "better": "better", "no clear change": "no clear change"}
_DUTIES = {"not met": "not met", "met": "met"}
_DELIVERY = {"red": "very late", "amber": "late or unsure"}

_MEASURES: Columns = {
    "measure": "Measure",
    "target": "Are we achieving?",
    "direction": "Are we getting better?",
    "duty": "Is the duty met?",
    "confidence": "How sure are we?",
    "value": Column("Latest figure", "number"),
    "trend": "Over the years",
}

_ACTIONS: Columns = {"action": "Action", "delivery_rag": "Is it on time?", "lead": "Lead", "due": "Due"}


def priorities(judgements: pd.DataFrame, actions: pd.DataFrame, parts: Mapping[str, Part]) -> Shown:
    """A row a priority: how many measures have each mark, never folded into one; ``parts`` maps a link to a part.

    Example: ``priorities(judgements, actions, {"#priority-1": part})``
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
                "duties": _duties(mine["statutory_status"]),
                "actions": _actions(planned["delivery_rag"]),
                "illustrative": "illustrative" if any(made_up) else "",
            }
        )
    return table(pd.DataFrame(rows), "The priorities at a glance", _GLANCE)


def _targets(words: pd.Series) -> Shown:
    aimed = words[words != "no target"]
    if aimed.empty:
        return Shown("no targets")
    open_ = aimed[~aimed.isin(list(_TARGETS))]
    return _joined(counted(aimed, _TARGETS), f"{len(open_)} not known yet" if len(open_) else "")


def _directions(words: pd.Series) -> Shown:
    unjudged = int((words == "cannot be judged").sum())
    return _joined(counted(words, _DIRECTIONS), f"{unjudged} cannot be judged" if unjudged else "")


def _duties(words: pd.Series) -> Shown:
    return counted(words, _DUTIES, "duty") if words.isin(list(_DUTIES)).any() else Shown("no duty measured")


def _actions(words: pd.Series) -> Shown:
    if words.empty:
        return Shown("no actions")
    late = words[words != "green"]
    return counted(late, _DELIVERY) if len(late) else mark("on time")


def _joined(said: Shown, rest: str) -> Shown:
    """Marks, and in smaller letters what has none."""
    if not rest:
        return said
    return Shown((said.html + " " if said.html != "none" else "") + f'<span class="rest">{as_text(rest)}</span>')


def measures(
    judgements: pd.DataFrame, caption: str, catalogue: Mapping[str, Measure], lines: Mapping[str, pd.DataFrame]
) -> Shown:
    """JUDGEMENTS with the four marks and a small picture of each series; a name leads to the measure's place.

    ``lines`` maps a measure to its SERIES.
    """
    rows = [_measure(row, catalogue[row["measure"]], lines[row["measure"]]) for row in judgements.to_dict("records")]
    return table(pd.DataFrame(rows, columns=[*_MEASURES, "illustrative"]), caption, _MEASURES)


def _measure(row: Mapping[Any, Any], measure: Measure, line: pd.DataFrame) -> dict[str, Any]:
    aim = f"{say_aim(row['target'], row['unit'], measure.decimals)} by {say_period(row['target_period'])}"
    value = marked(say(row["value"], row["unit"], measure.decimals, row["marker"]))
    return {
        "measure": Shown(measure_link(measure)),
        "target": _under(mark(row["target_status"]), row["target_period"] and aim),
        "direction": mark(row["direction"]),
        "duty": mark(row["statutory_status"], "duty"),
        "confidence": mark(row["confidence"]),
        "value": _under(Shown(value), row["period"] and f"in {say_period(row['period'])}"),
        "trend": sparkline(line, measure),
        "illustrative": row["illustrative"],
    }


def _under(main: Shown, more: str) -> Shown:
    return Shown(f'{main.html}<span class="small">{as_text(more)}</span>' if more else main.html)


def late_actions(actions: pd.DataFrame, caption: str) -> Shown:
    """The actions that are late, paused or have no date, with who leads them; a sentence where there is none."""
    late = actions[actions["delivery_rag"] != "green"]
    shown = late.assign(
        action=[f"{key} {said}" for key, said in zip(late["id"], late["action"], strict=True)],
        delivery_rag=marks(late["delivery_rag"]),
        due=late["due"].map(say_date),
    )
    return table(shown, caption, _ACTIONS)
