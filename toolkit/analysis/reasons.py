"""The one sentence behind a judgement, in words a councillor understands: what happened, how sure, against what.

Generated from the judgement itself, so the same judgement always gives the same sentence, and never a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from toolkit.analysis.marks import CANNOT
from toolkit.analysis.numbers import say, say_aim, say_change, say_period
from toolkit.params import Measure

__all__ = ["reason_for"]


def reason_for(measure: Measure, row: Mapping[Any, Any]) -> str:
    """The sentence for one row of the judgements; what is hidden in the row is not in the sentence either."""
    if math.isnan(row["value"]):
        return _no_figure(measure, row)
    clauses = [
        _change(measure, row),
        _target(measure, row),
        _duty(measure, row),
        _beside(measure, row),
        f"be careful: {row['doubts']}" if row["doubts"] else "",
    ]
    return "; ".join(clause for clause in clauses if clause) + "."


def _no_figure(measure: Measure, row: Mapping[Any, Any]) -> str:
    when = f" (it usually comes out in {measure.published_in})" if measure.published_in else ""
    if row["marker"]:
        why = {"c": "it is hidden to protect people", "z": "it does not apply", "low": "it rounds to zero"}
        said = why.get(row["marker"], "it is not available")
        return f"There is no figure for {say_period(row['period'])}: {said}."
    return f"No figure was published by the cut-off date{when}."


def _change(measure: Measure, row: Mapping[Any, Any]) -> str:
    said = f"{_said(row['value'], measure)} in {say_period(row['period'])}"
    if row["period"] == row["baseline_period"]:
        return f"{said}, the baseline year itself, so there is no change to judge yet"
    if row["break"]:
        cause = row["break"][0].lower() + row["break"][1:] if row["break"][:2].istitle() else row["break"]
        then = say_period(row["baseline_period"])
        return f"{said}, not comparable with {then} because of a break in the figures ({cause})"
    if math.isnan(row["change"]):
        return f"{said}, and no baseline figure can be shown beside it"
    before = f"{_said(row['baseline_value'], measure)} in {say_period(row['baseline_period'])}"
    change = say_change(row["change"], measure.unit, measure.decimals)
    moved = f"{said}, the same as {before}" if change == "no change" else f"{said}, {change} from {before}"
    return moved + _how_sure(measure, row)


def _how_sure(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["direction"] in ("better", "worse"):
        more = "than chance alone would explain" if not math.isnan(row["low"]) else "than the margin set for it"
        return f": {row['direction']}, by more {more}"
    if row["direction"] == CANNOT:
        return "" if measure.polarity == "none" else ": whether that is better cannot be judged"
    inside = "chance alone could explain it" if not math.isnan(row["low"]) else "it is within the margin set for it"
    return f": no clear change, since {inside}"


def _target(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["target_status"] == "no target":
        return ""
    aim = f"the target of {_aimed(row['target'], measure)} by {say_period(row['target_period'])}"
    said = {
        "met": f"it meets {aim}",
        "on track": f"it is on track for {aim}",
        "off track": f"it is off track for {aim}",
        "not yet published": f"nothing newer than the baseline is published yet to set against {aim}"
        + (f" (figures usually come out in {measure.published_in})" if measure.published_in else ""),
    }
    return said.get(row["target_status"], f"it cannot be judged against {aim}")


def _duty(measure: Measure, row: Mapping[Any, Any]) -> str:
    if row["statutory_status"] not in ("met", "not met"):
        return ""
    met = "the legal duty is met" if row["statutory_status"] == "met" else "the legal duty is not met"
    return f"{met} ({_aimed(row['statutory_floor'], measure)} required)"


def _beside(measure: Measure, row: Mapping[Any, Any]) -> str:
    """How it stands beside England and the neighbours where that can be judged, else their figures for context.

    Counts are left out: that England has more plans than one authority says nothing.
    """
    pairs = (
        ("England", row["comparator_england"], row["versus_england"]),
        ("the average of similar authorities", row["comparator_neighbours"], row["versus_neighbours"]),
    )
    known = [(name, other, word) for name, other, word in pairs if not math.isnan(other)]
    if measure.unit == "number":
        return ""
    judged = {"better": "better than", "worse": "worse than", "similar": "similar to"}
    said = [f"{judged[word]} {name} ({_said(other, measure)})" for name, other, word in known if word in judged]
    if said:
        return " and ".join(said)
    return ", ".join(f"{name} {_said(other, measure)}" for name, other, _ in known)


def _said(value: float, measure: Measure) -> str:
    return say(value, measure.unit, measure.decimals)


def _aimed(value: float, measure: Measure) -> str:
    return say_aim(value, measure.unit, measure.decimals)
